import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { staticFiles } from "./static-files.ts";

const script = "console.log('what the build made');".repeat(50);
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "infirmary-static-"));
  mkdirSync(join(folder, "static/chunks"), { recursive: true });
  writeFileSync(join(folder, "static/chunks/a~b-1.js"), script);
  writeFileSync(join(folder, "secret.js"), "outside");
  const answer = staticFiles(join(folder, "static"));
  server = createServer((request, response) => {
    void answer(request, response).then((isAnswered) => isAnswered || response.writeHead(299).end("Next's"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (path: string, encodings = "gzip, br") =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ port, host: "127.0.0.1", path, headers: { "accept-encoding": encodings } }, resolve).on("error", reject);
  });

it("serves a script of the build, smaller and to be kept for ever", async () => {
  const answer = await ask("/_next/static/chunks/a~b-1.js");
  const body = await buffer(answer);
  expect(answer.headers).toMatchObject({ "content-encoding": "br", "content-type": "text/javascript; charset=utf-8" });
  expect(answer.headers["cache-control"]).toContain("immutable");
  expect(brotliDecompressSync(body).toString()).toBe(script);
  expect(body.length).toBeLessThan(script.length / 4);
});

it.each([
  "/_next/static/../secret.js",
  "/_next/static/%2e%2e/secret.js",
  "/_next/static/chunks/..%2f..%2fsecret.js",
  "/_next/static/.hidden.js",
  "/_next/static/chunks/missing.js",
  "/_next/static/media/font.woff2",
  "/patients",
])("leaves to Next whatever is not a script or style of the build: %s", async (path) => {
  const answer = await ask(path);
  expect([answer.statusCode, String(await buffer(answer))]).toEqual([299, "Next's"]);
});

it("leaves to Next a browser that does not take Brotli", async () => {
  expect((await ask("/_next/static/chunks/a~b-1.js", "gzip")).statusCode).toBe(299);
});
