import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../test/harness.ts";
import { newId } from "./id.ts";
import { inWork } from "./unit-of-work.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** The application's role cannot connect and its connections are cut: for the API the database is gone. */
async function withoutDatabase<T>(fn: () => Promise<T>): Promise<T> {
  await api.owner.query(
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 0', current_database()); END $$",
  );
  await api.owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'infirmary_app' AND datname = current_database()",
  );
  try {
    return await fn();
  } finally {
    await api.owner.query(
      "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT -1', current_database()); END $$",
    );
  }
}

describe("a database that is gone", () => {
  it("is a 503 with our words, on health and on every call, and the API is well again by itself when it is back", async () => {
    const doctor = await api.as("doctor");
    expect((await doctor.get("/lab-orders/")).status).toBe(200);
    await withoutDatabase(async () => {
      for (const path of ["/health/", "/lab-orders/", "/patients/"]) {
        const answer = await (path === "/health/" ? api.anonymous : doctor).get(path);
        expect([answer.status, answer.body.code], path).toEqual([503, "unavailable"]);
        expect(answer.text).not.toMatch(/ECONN|postgres|infirmary_app|connection/i);
      }
      expect((await api.anonymous.get("/ping/")).body).toEqual({ pong: true });
    });
    expect((await api.anonymous.get("/health/")).body).toEqual({ status: "ok", database: "ok" });
    expect((await doctor.get("/lab-orders/")).status).toBe(200);
  });

  it("in the middle of transactions fails those and leaves the process up", async () => {
    const scope = { tenantId: api.home.id, actor: null, requestId: newId(), ip: null };
    const works = Array.from({ length: 5 }, () =>
      inWork(api.platform, scope, async ({ connection }) => {
        await connection.query("SELECT 1");
        await new Promise((resolve) => setTimeout(resolve, 500));
        await connection.query("SELECT 1");
      }),
    );
    const outcomes = Promise.allSettled(works);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await withoutDatabase(async () => {
      for (const outcome of await outcomes)
        expect(outcome).toMatchObject({ status: "rejected", reason: { code: "unavailable" } });
    });
    expect((await api.anonymous.get("/health/")).status).toBe(200);
  });
});
