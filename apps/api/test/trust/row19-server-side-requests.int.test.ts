import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../harness.ts";
import { type Caller, callerOf } from "./caller.ts";
import { many, randomFrom, seed } from "./form.ts";
import { inputWith, procedures } from "./inputs.ts";
import { sourcesUnder } from "./sources.ts";

/** Row 19: no address that comes from outside is ever fetched. */
let api: Api;
let call: Caller;
let canary: Server;
let hits = 0;
beforeAll(async () => {
  api = await startApi();
  call = await callerOf(api);
  canary = createServer((_request, response) => {
    hits++;
    response.end();
  });
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise((resolve) => canary.close(resolve));
  await api.close();
});

/** 60 ways to write the address of a listener on this machine. */
function tricks(port: number): string[] {
  const hosts = [
    "127.0.0.1",
    "localhost",
    "127.1",
    "0.0.0.0",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.0.0.1.nip.io",
    "[::ffff:127.0.0.1]",
    "127。0。0。1",
    "user@127.0.0.1",
    "example.org@127.0.0.1",
    "127.0.0.1#@example.org",
    "localhost.",
    "LOCALHOST",
  ];
  const forms = [
    (host: string) => `http://${host}:${port}/`,
    (host: string) => `//${host}:${port}/x`,
    (host: string) => `<img src="http://${host}:${port}/a">`,
    (host: string) => `http://${host}:${port}/%0d%0aX: y`,
  ];
  return hosts.flatMap((host) => forms.map((form) => form(host)));
}

describe("60 addresses in every text input", () => {
  it("reach nobody", { timeout: 600_000 }, async () => {
    const all = tricks((canary.address() as AddressInfo).port);
    expect(all).toHaveLength(60);
    const random = randomFrom(seed);
    for (const procedure of procedures) {
      if (procedure.type === "subscription" || procedure.name === "auth.logout") continue;
      for (const { path, type } of procedure.leaves) {
        if (type !== "string") continue;
        const chosen = all.filter(() => random() < many(60, 2) / 60);
        await Promise.all(chosen.map((address) => call(procedure, inputWith(procedure.schema, path, address))));
      }
    }
    expect(hits, `seed ${seed}`).toBe(0);
  });
});

describe("the API's sources", () => {
  it("open no connection but those to the database and those of their own settings", () => {
    const root = join(import.meta.dirname, "../../src");
    const found = sourcesUnder(root).filter((file) =>
      /\bfetch\(|from "node:(http|https|http2|dgram)"|from "undici"/.test(readFileSync(file, "utf8")),
    );
    // What is listed has its address from the operator's settings and nowhere else.
    const known = ["/health/", "/audit/seal/anchor/s3-anchor.ts", "/core/files/s3-store.ts"];
    expect(found.filter((file) => !known.some((part) => file.includes(part)))).toEqual([]);
  });
});
