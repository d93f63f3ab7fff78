import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, type Client, startApi } from "../../../test/harness.ts";
import { storeMinute } from "../../core/meter/keep-minutes.ts";
import { watchInstallation } from "./index.ts";

let api: Api;
let admin: Client;
beforeAll(async () => {
  api = await startApi();
  admin = await api.as("admin");
});
afterAll(() => api.close());

const sample = {
  calls: 600,
  failures: 0,
  p50Ms: 3,
  p95Ms: 9.5,
  cpuPercent: 30,
  memoryMib: 200,
  loopDelayMs: 4,
};

async function addJob(task: string, payload: object, failed: boolean): Promise<string> {
  const { rows } = await api.owner.query("SELECT id FROM graphile_worker.add_job($1, $2)", [
    task,
    JSON.stringify(payload),
  ]);
  const { id } = rows[0];
  if (failed)
    await api.owner.query(
      "UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = $2 WHERE id = $1",
      [id, 'insert of "Mary Jones" failed: Key (ssn)=(123-45-6789) exists\n  at somewhere'],
    );
  return String(id);
}

describe("/metrics", () => {
  const ask = (headers: Record<string, string>, remoteAddress = "127.0.0.1") =>
    api.app.inject({ method: "GET", url: "/metrics", headers, remoteAddress });

  it("tells programs on this machine, and whoever shows the token, what was called and how it ended", async () => {
    watchInstallation(api.platform);
    await admin.get("/system/status/");
    await admin.get("/patients/0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a99/");
    const { statusCode, body } = await ask({});
    expect(statusCode).toBe(200);
    expect(body).toMatch(/infirmary_call_duration_seconds_count{call="system.status",outcome="ok"} [1-9]/);
    expect(body).toMatch(/infirmary_call_duration_seconds_count{call="patient.get",outcome="not-found"} 1/);
    expect(body).toMatch(
      /infirmary_http_requests_total{method="GET",route="\/api\/v1\/system\/status\/?",status="200"} [1-9]/,
    );
    expect(body).toMatch(/infirmary_database_connections{state="open"} [1-9]/);
    expect(body).toMatch(/infirmary_jobs{state="failed"} 0/);
    expect(body).toMatch(/infirmary_audit_seal_lag_seconds \d/);
    expect((await ask({ authorization: "Bearer test metrics token" }, "10.0.0.9")).statusCode).toBe(404);
    expect((await ask({ authorization: "Bearer test-metrics-token" }, "10.0.0.9")).statusCode).toBe(200);
  });

  it("is not there for anybody else", async () => {
    for (const answer of [
      await ask({}, "10.0.0.9"),
      await ask({ "x-forwarded-for": "127.0.0.1" }),
      await ask({ authorization: "Bearer wrong" }, "10.0.0.9"),
      await ask({ authorization: admin.access }, "10.0.0.9"),
    ])
      expect(answer.statusCode).toBe(404);
  });
});

describe("the status", () => {
  it("tells of every process that told of itself, and of what is to be done", async () => {
    const startedAt = new Date();
    for (const process of ["api", "worker"] as const)
      await storeMinute(api.platform, {
        minute: new Date(),
        process,
        instance: randomUUID(),
        startedAt,
        version: "0.1.0",
        sample: { ...sample, failures: process === "worker" ? 60 : 0 },
      });
    const { status, body } = await admin.get("/system/status/");
    expect(status).toBe(200);
    const parts = Object.fromEntries(
      (body.parts as { code: string; state: string; advice: string | null }[]).map((part) => [part.code, part]),
    );
    expect(parts.database).toMatchObject({ state: "ok", advice: null });
    expect(parts.api).toMatchObject({ state: "ok", says: "1 process, version 0.1.0." });
    expect(parts.worker).toMatchObject({ state: "attention", says: expect.stringContaining("60 of 600") });
    expect(parts.backup).toMatchObject({ state: "attention", advice: expect.stringContaining("npm run backup") });
    expect(parts.clock).toMatchObject({ state: "ok" });
    expect(parts).not.toHaveProperty("mllp");
    expect(body.processes).toHaveLength(2);
    expect(body.state).not.toBe("ok");
  });

  it("sums the instances of a kind over a stretch", async () => {
    await storeMinute(api.platform, {
      minute: new Date(),
      process: "api",
      instance: randomUUID(),
      startedAt: new Date(),
      version: "0.1.0",
      sample: { ...sample, p95Ms: 20 },
    });
    const { body } = await admin.get("/system/load/?hours=1");
    const points = (body.points as { process: string; callsPerMinute: number; p95Ms: number }[]).filter(
      ({ process }) => process === "api",
    );
    expect(points.reduce((sum, one) => sum + one.callsPerMinute, 0)).toBe(1200);
    expect(Math.max(...points.map((one) => one.p95Ms))).toBe(20);
    expect((await admin.get("/system/load/?hours=2")).status).toBe(400);
  });

  it("is an administrator's", async () => {
    for (const role of ["doctor", "nurse", "lab_technician", "billing_clerk", "privacy_officer"] as const)
      expect((await (await api.as(role)).get("/system/status/")).status).toBe(403);
    expect((await api.anonymous.get("/system/jobs/")).status).toBe(401);
  });
});

describe("jobs", () => {
  it("shows why one gave up without what the error quotes, and runs it again", async () => {
    const id = await addJob("purge-sessions", {}, true);
    const { body } = await admin.get("/system/jobs/");
    expect(body.counts).toMatchObject({ failed: 1 });
    const [first] = body.items as { id: string; state: string; error: string }[];
    expect(first).toMatchObject({ id, state: "failed", error: "insert of … failed: Key …=… exists" });
    expect((await admin.post(`/system/jobs/${id}/retry/`, {})).status).toBe(204);
    const { rows } = await api.owner.query("SELECT attempts FROM graphile_worker._private_jobs WHERE id = $1", [id]);
    expect(rows).toEqual([{ attempts: 0 }]);
    expect((await admin.post(`/system/jobs/${id}/discard/`, {})).status).toBe(204);
    expect((await admin.post(`/system/jobs/${id}/discard/`, {})).status).toBe(404);
    const audited = await api.owner.query(
      "SELECT action FROM audit_entry WHERE entity = 'job' AND entity_id = $1 ORDER BY at",
      [id],
    );
    expect(audited.rows.map(({ action }) => action)).toEqual(["job.retry", "job.discard"]);
  });

  it("keeps another organisation's to itself, and leaves one alone that is at work", async () => {
    const foreign = await addJob("send-reminder", { tenantId: api.other.id }, true);
    const working = await addJob("purge-sessions", {}, false);
    await api.owner.query("UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'w' WHERE id = $1", [
      working,
    ]);
    const { body } = await admin.get("/system/jobs/");
    expect((body.items as { id: string }[]).map(({ id }) => id)).toEqual([working]);
    expect((await admin.post(`/system/jobs/${foreign}/discard/`, {})).status).toBe(404);
    expect((await admin.post(`/system/jobs/${working}/retry/`, {})).status).toBe(409);
    expect((await admin.post("/system/jobs/one/retry/", {})).status).toBe(400);
  });
});
