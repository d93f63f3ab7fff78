import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../test/harness.ts";
import { AppError } from "./app-error.ts";
import { newId } from "./id.ts";
import type { Scope } from "./scope.ts";
import { inWork } from "./unit-of-work.ts";

let api: Api;
let scope: Scope;
beforeAll(async () => {
  api = await startApi();
  scope = { tenantId: api.home.id, actor: null, requestId: newId(), ip: null };
});
afterAll(() => api.close());

const counters = async () =>
  (
    await api.owner.query<{ kind: string; next: string }>(
      "SELECT kind, next FROM counter WHERE kind LIKE 't-%' ORDER BY kind",
    )
  ).rows;

describe("a unit of work", () => {
  it("commits the change, the audit entry and the event together", async () => {
    await inWork(api.platform, scope, async ({ tx, audit, emit }) => {
      await tx.counter.create({ data: { tenantId: scope.tenantId, kind: "t-together", next: 1 } });
      audit({ action: "test.together", entity: "counter" });
      emit({ name: "test.together" });
    });
    const { rows } = await api.owner.query(
      "SELECT (SELECT count(*) FROM audit_entry WHERE action = 'test.together')::int AS audits, (SELECT count(*) FROM event WHERE name = 'test.together')::int AS events",
    );
    expect(rows[0]).toEqual({ audits: 1, events: 1 });
  });

  it("leaves nothing of a work that fails, by Prisma or by hand, and does nothing that was for after the commit", async () => {
    const before = await counters();
    let isTold = false;
    const failing = inWork(api.platform, scope, async ({ tx, connection, afterCommit, emit }) => {
      await tx.counter.create({ data: { tenantId: scope.tenantId, kind: "t-gone-1", next: 1 } });
      await connection.query("INSERT INTO counter (tenant_id, kind, next) VALUES ($1, 't-gone-2', 1)", [
        scope.tenantId,
      ]);
      emit({ name: "test.gone" });
      afterCommit(() => {
        isTold = true;
      });
      throw new AppError("not-found");
    });
    await expect(failing).rejects.toMatchObject({ code: "not-found" });
    expect(await counters()).toEqual(before);
    expect(isTold).toBe(false);
  });

  it("is undone when its audit entry cannot be written, and says so", async () => {
    const before = await counters();
    const failing = inWork(api.platform, scope, async ({ tx, audit }) => {
      await tx.counter.create({ data: { tenantId: scope.tenantId, kind: "t-unaudited", next: 1 } });
      audit({ action: "test.bad", entity: "counter", patientId: "this is no uuid" });
    });
    await expect(failing).rejects.toThrow();
    expect(await counters()).toEqual(before);
  });

  it("keeps Prisma's own transactions inside it", async () => {
    const before = await counters();
    const failing = inWork(api.platform, scope, async ({ tx }) => {
      // A write with a nested write is one that Prisma wraps in a transaction of its own.
      const id = newId();
      await tx.user.create({
        data: {
          tenantId: scope.tenantId,
          id,
          username: "nested.user",
          fullName: "N",
          email: "n@example.org",
          passwordHash: "x",
          status: "PENDING",
          memberships: { create: [{ facilityId: api.home.facilityId, role: "nurse" }] },
        },
      });
      await tx.counter.create({ data: { tenantId: scope.tenantId, kind: "t-nested", next: 1 } });
      throw new AppError("not-found");
    });
    await expect(failing).rejects.toMatchObject({ code: "not-found" });
    expect(await counters()).toEqual(before);
    expect((await api.owner.query("SELECT 1 FROM user_account WHERE username = 'nested.user'")).rowCount).toBe(0);
  });

  it("runs a lost race again: two that read and write the same row both end in it", async () => {
    await inWork(api.platform, scope, ({ tx }) =>
      tx.counter.create({ data: { tenantId: scope.tenantId, kind: "t-race", next: 0 } }),
    );
    const add = () =>
      inWork(api.platform, scope, async ({ connection }) => {
        await connection.query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE").catch(() => undefined);
        await connection.query("UPDATE counter SET next = next + 1 WHERE tenant_id = $1 AND kind = 't-race'", [
          scope.tenantId,
        ]);
      });
    await Promise.allSettled(Array.from({ length: 10 }, add));
    const deadlock = (first: string, second: string) =>
      inWork(api.platform, scope, async ({ connection }) => {
        await connection.query("SELECT pg_advisory_xact_lock(hashtext($1))", [first]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await connection.query("SELECT pg_advisory_xact_lock(hashtext($1))", [second]);
        await connection.query("UPDATE counter SET next = next + 100 WHERE tenant_id = $1 AND kind = 't-race'", [
          scope.tenantId,
        ]);
      });
    await Promise.all([deadlock("a", "b"), deadlock("b", "a")]);
    const { rows } = await api.owner.query<{ next: string }>("SELECT next FROM counter WHERE kind = 't-race'");
    expect(Number(rows[0]?.next)).toBeGreaterThanOrEqual(200);
  });

  it("takes no statement of a straggler once it is over, so that none runs in the next request's tenant", async () => {
    const other: Scope = { ...scope, tenantId: api.other.id };
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let late: Promise<unknown> | undefined;
    const failing = inWork(api.platform, scope, async ({ connection }) => {
      late = gate.then(() => connection.query("SELECT tenant_id FROM facility"));
      throw new AppError("not-found");
    });
    await expect(failing).rejects.toMatchObject({ code: "not-found" });
    await Promise.all([
      expect(late).rejects.toThrow("The transaction is over."),
      ...Array.from({ length: 20 }, () =>
        inWork(api.platform, other, async ({ connection }) => {
          await connection.query("SELECT 1");
          letGo();
          await new Promise((resolve) => setTimeout(resolve, 50));
        }),
      ),
    ]);
  });

  it("never lets requests share a connection's tenant, however many run at once", async () => {
    const other: Scope = { ...scope, tenantId: api.other.id };
    const seen = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const mine = index % 2 ? scope : other;
        return inWork(api.platform, mine, async ({ tx, connection }) => {
          const byPrisma = await tx.facility.findMany({ select: { tenantId: true } });
          const { rows } = await connection.query<{ tenant_id: string }>("SELECT tenant_id FROM facility");
          return [...byPrisma.map(({ tenantId }) => tenantId), ...rows.map(({ tenant_id }) => tenant_id)].every(
            (id) => id === mine.tenantId,
          );
        });
      }),
    );
    expect(seen.every(Boolean)).toBe(true);
  });
});
