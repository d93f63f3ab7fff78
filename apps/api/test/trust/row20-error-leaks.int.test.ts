import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, send, startApi } from "../harness.ts";
import { type Caller, callerOf } from "./caller.ts";
import { randomFrom, seed } from "./form.ts";
import { inputWith, procedures } from "./inputs.ts";
import { sqlPayloads } from "./payloads.ts";

/** Row 20: an error says what a person can do, and nothing of how we are made. */
let api: Api;
let call: Caller;
beforeAll(async () => {
  api = await startApi();
  call = await callerOf(api);
});
afterAll(() => api.close());

const leak =
  /stack|prisma|\bselect\b|\binsert into\b|\bat .+\.[jt]s:\d+|node_modules|\/src\/|postgres|relation "|syntax error|TypeError|ZodError|FST_ERR|ECONN/i;
const calls = procedures.filter(({ type, name }) => type !== "subscription" && name !== "auth.logout");

describe("500 requests made to fail", () => {
  it("leak no stack, statement, path or name of a library", { timeout: 120_000 }, async () => {
    const random = randomFrom(seed);
    const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
    const oddities: unknown[] = [
      null,
      "",
      "\u0000",
      "\ud800",
      -1,
      1e308,
      2 ** 53,
      [],
      {},
      [[]],
      true,
      "9".repeat(300),
      "2026-02-30",
      Number.MAX_SAFE_INTEGER,
      { toString: "x" },
      ...sqlPayloads,
    ];
    const bodies = [
      "{",
      "[",
      '"',
      "nul",
      '{"a":',
      "[1,2",
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":1}}',
      "\u0000",
      "{}{}",
    ];
    const failures: string[] = [];
    let count = 0;
    const check = (what: string, text: string, headers: Record<string, unknown>) => {
      count++;
      // A refused answer names the faulty fields: their names are ours, the rest must be too.
      const found = leak.exec(text) ?? leak.exec(JSON.stringify(headers));
      if (found) failures.push(`${what}: ${found[0]}`);
    };
    while (count < 380) {
      const procedure = pick(calls);
      const leaf = procedure.leaves.length > 0 ? pick(procedure.leaves) : null;
      const input = leaf ? inputWith(procedure.schema, leaf.path, pick(oddities)) : pick(oddities);
      const { status, text, headers } = await call(procedure, input);
      if (status >= 400) check(procedure.name, text, headers);
      else count++;
    }
    for (const payload of bodies)
      for (const url of [
        "/trpc/patient.list",
        "/trpc/nothing.there",
        "/trpc/patient.list,order.list?batch=1",
        "/api/v1/patients/",
        "/api/v1/auth/login/",
        "/api/v1/%zz",
        "/api/v1/patients/%00/",
        "/nothing",
        "/api/v1/lab-orders/x/results/",
      ]) {
        const type = url.includes("results") ? "application/hl7-v2" : "application/json";
        const { text, headers } = await send(api.app, {
          method: "POST",
          url,
          headers: { "content-type": type },
          payload,
        });
        check(url, text, headers);
      }
    while (count < 500) {
      const url = `/trpc/${pick(calls).name}?input=${encodeURIComponent(pick(sqlPayloads))}`;
      const { text, headers } = await send(api.app, { method: pick(["GET", "PUT", "PATCH", "DELETE"] as const), url });
      check(url.split("?")[0] ?? "", text, headers);
    }
    expect(failures, `seed ${seed}`).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(500);
  });

  it("nor when the database itself fails", async () => {
    const client = await api.as("nurse");
    await api.owner.query("ALTER TABLE patient RENAME COLUMN sort_name TO sort_name_gone");
    try {
      for (const answer of [await client.get("/patients/"), await client.call("patient.list", {})]) {
        expect(answer.status).toBe(500);
        expect(answer.text).toContain("internal-error");
        expect(leak.exec(answer.text)).toBeNull();
      }
    } finally {
      await api.owner.query("ALTER TABLE patient RENAME COLUMN sort_name_gone TO sort_name");
    }
  });
});
