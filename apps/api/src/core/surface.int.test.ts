import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, send, startApi } from "../../test/harness.ts";
import { browserCookie } from "../../test/trust/browser-cookie.ts";
import { buildServer } from "../server.ts";
import { assertDurable } from "./durable-database.ts";
import { limitHandlers } from "./handler-timeout.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const everywhere = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
  "x-request-id": expect.any(String),
};

describe("the headers", () => {
  it("stand on every kind of answer, errors included", async () => {
    const answers = await Promise.all([
      api.anonymous.get("/ping/"),
      api.anonymous.get("/patients/"),
      api.anonymous.get("/nothing/"),
      api.anonymous.post("/auth/login/", "{"),
      send(api.app, { method: "GET", url: "/%zz" }),
      send(api.app, { method: "GET", url: "/elsewhere" }),
      send(api.app, { method: "GET", url: "/api/v1/openapi.json" }),
      send(api.app, {
        method: "POST",
        url: "/trpc/none",
        payload: "{}",
        headers: { "content-type": "application/json" },
      }),
      send(api.app, {
        method: "POST",
        url: "/trpc/patient.list",
        payload: "a=1",
        headers: { "content-type": "text/plain" },
      }),
      (await api.as("admin")).get("/audit/export/"),
    ]);
    for (const { headers } of answers) expect(headers).toMatchObject({ ...everywhere, "cache-control": "no-store" });
    const docs = await send(api.app, { method: "GET", url: "/api/v1/docs/" });
    expect(docs.headers["content-security-policy"]).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    expect(docs.headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
  });

  it("stand on event streams", async () => {
    await api.app.listen({ port: 0, host: "127.0.0.1" });
    const address = api.app.server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const abort = new AbortController();
    const response = await fetch(`http://127.0.0.1:${port}/trpc/live.events?input=%7B%7D`, {
      headers: { accept: "text/event-stream", cookie: await browserCookie(api, "doctor") },
      signal: abort.signal,
    });
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    for (const name of [
      "x-content-type-options",
      "x-frame-options",
      "referrer-policy",
      "x-request-id",
      "content-security-policy",
    ])
      expect(response.headers.get(name), name).not.toBeNull();
    abort.abort();
  });

  it("ask for https for a year, subdomains too, where people come by https", async () => {
    expect((await api.anonymous.get("/ping/")).headers["strict-transport-security"]).toBeUndefined();
    const settings = { ...api.platform.settings, publicOrigin: "https://hospital.example" };
    const app = await buildServer({ ...api.platform, settings });
    const { headers } = await send(app, { method: "GET", url: "/api/v1/ping/" });
    expect(headers["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
    // A cookie that another host of the domain could have planted names nobody there.
    const planted = { cookie: await browserCookie(api, "doctor") };
    expect((await send(app, { method: "GET", url: "/api/v1/auth/me/", headers: planted })).status).toBe(401);
    await app.close();
  });
});

describe("a handler that does not answer", () => {
  it("is answered for with 503, and an event stream is left alone", async () => {
    const app = Fastify({ logger: false });
    limitHandlers(app, 50);
    app.get("/never", () => new Promise(() => undefined));
    app.get("/slow", () => new Promise((resolve) => setTimeout(() => resolve("late"), 150)));
    const refused = await app.inject("/never");
    expect([refused.statusCode, refused.json().code, refused.headers["retry-after"]]).toEqual([
      503,
      "unavailable",
      "5",
    ]);
    expect((await app.inject({ url: "/slow", headers: { accept: "text/event-stream" } })).body).toBe("late");
    await app.close();
  });
});

describe("the database's settings", () => {
  it("are asserted: a server that does not wait for its disk is refused by name", async () => {
    // The tests' own server is such a one.
    await expect(assertDurable(api.platform.database.pool)).rejects.toThrow(/fsync is off, not on/);
    const { rows } = await api.platform.database.pool.query(
      "SELECT name, setting FROM pg_settings WHERE name IN ('data_checksums', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') ORDER BY name",
    );
    expect(rows.map(({ setting }) => setting)).toEqual(["on", "15000", "3000", "10000"]);
    const durable = {
      query: async () => ({
        rows: [
          ...["fsync", "full_page_writes", "synchronous_commit", "data_checksums", "row_security"].map((name) => ({
            name,
            setting: "on",
          })),
          { name: "statement_timeout", setting: "10000" },
          { name: "lock_timeout", setting: "3000" },
          { name: "idle_in_transaction_session_timeout", setting: "0" },
        ],
      }),
    };
    await expect(assertDurable(durable as never)).rejects.toThrow(
      /^[^;]*idle_in_transaction_session_timeout is 0 ms, not 15000\.$/,
    );
  });
});

describe("a page that the portal refused", () => {
  const entries = async () =>
    (
      await api.owner.query(
        "SELECT username, entity_id, reason FROM audit_entry WHERE action = 'page.open' AND outcome = 'refused'",
      )
    ).rows;

  it("is in the audit log with its path, without what a person searched for", async () => {
    const nurse = await api.as("nurse");
    const { status } = await nurse.call("system.pageRefused", {
      page: "/audit?person=smith#x",
      permission: "audit.read",
    });
    expect(status).toBe(200);
    expect(await entries()).toEqual([{ username: "nurse", entity_id: "/audit", reason: "audit.read" }]);
  });

  it("is not, when it is not one", async () => {
    await (await api.as("admin")).call("system.pageRefused", { page: "/audit", permission: "audit.read" });
    await (await api.as("admin")).call("system.pageRefused", { page: "/audit", permission: "nothing" });
    expect((await api.anonymous.call("system.pageRefused", { page: "/audit", permission: "audit.read" })).status).toBe(
      401,
    );
    expect(await entries()).toHaveLength(1);
  });
});

describe("a request that is still being worked on", () => {
  it("is answered 409 with the seconds to wait, and goes through once the first is over", async () => {
    const nurse = await api.as("nurse");
    const body = { firstName: "Once", lastName: "Only", dateOfBirth: "1980-01-01", gender: "other" };
    const holder = await api.owner.connect();
    try {
      await holder.query("BEGIN");
      await holder.query(
        "INSERT INTO idempotency_key (tenant_id, user_id, procedure, key, request_hash) VALUES ($1, $2, 'patient.create', 'held', '')",
        [api.home.id, api.people.nurse.id],
      );
      const answer = await nurse.post("/patients/", body, { "idempotency-key": "held" });
      expect([answer.status, answer.body.code, answer.headers["retry-after"]]).toEqual([
        409,
        "request-in-progress",
        "1",
      ]);
    } finally {
      await holder.query("ROLLBACK");
      holder.release();
    }
    expect((await nurse.post("/patients/", body, { "idempotency-key": "held" })).status).toBe(201);
    expect((await nurse.post("/patients/", { ...body, lastName: "Else" }, { "idempotency-key": "held" })).status).toBe(
      422,
    );
  });
});
