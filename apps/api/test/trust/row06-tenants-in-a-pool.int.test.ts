import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../src/core/id.ts";
import { inWork } from "../../src/core/unit-of-work.ts";
import { type Api, startApi } from "../harness.ts";
import { many, randomFrom, seed } from "./form.ts";

/** Row 6: a connection that served one tenant knows nothing of it when it serves the next, whatever went wrong in between. */
let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe("mixed requests of two tenants, one in twenty cut off or out of time", () => {
  it("show nobody a foreign row", { timeout: 1_800_000 }, async () => {
    const total = many(100_000, 4_000);
    const random = randomFrom(seed);
    const tenants = [api.home.id, api.other.id] as const;
    for (const tenantId of tenants)
      await work(tenantId, ({ connection }) =>
        connection.query("INSERT INTO counter (tenant_id, kind, next) VALUES ($1, $2, 1)", [
          tenantId,
          `sentinel ${tenantId}`,
        ]),
      );
    let foreign = 0;
    let empty = 0;
    let done = 0;
    const one = async () => {
      const tenantId = tenants[Math.floor(random() * 2)] as string;
      const fate = random();
      await work(tenantId, async ({ connection, tx }) => {
        const { rows } = await connection.query<{ kind: string }>(
          "SELECT kind FROM counter WHERE kind LIKE 'sentinel %'",
        );
        if (fate < 0.02) throw new Error("cut off");
        if (fate < 0.04) await connection.query("SELECT 1/0");
        if (fate < 0.05) await connection.query("SET LOCAL statement_timeout = 1; SELECT pg_sleep(0.05)");
        const people = await tx.user.findMany({ select: { tenantId: true }, take: 20 });
        foreign += rows.filter(({ kind }) => kind !== `sentinel ${tenantId}`).length;
        foreign += people.filter((person) => person.tenantId !== tenantId).length;
        if (rows.length !== 1) empty++;
      }).catch((error: unknown) => {
        if (fate >= 0.05) throw error;
      });
      done++;
    };
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        while (done < total) await one();
      }),
    );
    expect([foreign, empty], `seed ${seed}`).toEqual([0, 0]);
  });

  const work = (tenantId: string, fn: Parameters<typeof inWork>[2]) =>
    inWork(api.platform, { tenantId, actor: null, requestId: newId(), ip: null }, fn);
});
