import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../harness.ts";
import { type Caller, callerOf } from "./caller.ts";
import { isLong, randomFrom, seed } from "./form.ts";
import { inputWith, procedures } from "./inputs.ts";
import { sqlPayloads } from "./payloads.ts";

/** Row 9: whatever a text says, it is a value. Nothing breaks a statement, nothing makes one wait. */
let api: Api;
let call: Caller;
beforeAll(async () => {
  api = await startApi();
  call = await callerOf(api);
});
afterAll(() => api.close());

describe("200 payloads in every text input", () => {
  it("break no statement and make none sleep", { timeout: 900_000 }, async () => {
    expect(sqlPayloads).toHaveLength(200);
    const random = randomFrom(seed);
    const failures: string[] = [];
    const tables = await countRows();
    for (const procedure of procedures) {
      if (procedure.type === "subscription" || procedure.name === "auth.logout") continue;
      for (const { path, type } of procedure.leaves) {
        if (type !== "string") continue;
        const payloads = isLong ? sqlPayloads : sqlPayloads.filter(() => random() < 0.04);
        for (let from = 0; from < payloads.length; from += 10) {
          const batch = payloads.slice(from, from + 10);
          const startedAt = performance.now();
          const answers = await Promise.all(
            batch.map((text) => call(procedure, inputWith(procedure.schema, path, text))),
          );
          const ms = performance.now() - startedAt;
          // Every payload that sleeps asks for ten seconds.
          if (ms > 9_000) failures.push(`${procedure.name} ${path.join(".")} took ${Math.round(ms)} ms`);
          for (const [index, { status }] of answers.entries())
            if (status >= 500) failures.push(`${procedure.name} ${path.join(".")} ${status}: ${batch[index]}`);
        }
      }
    }
    expect(failures, `seed ${seed}`).toEqual([]);
    expect(await countRows()).toEqual(tables);
  });

  const countRows = async () =>
    (await api.owner.query("SELECT count(*)::int AS tables FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
      .rows;
});
