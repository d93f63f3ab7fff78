import { errorCodes } from "@infirmary/shared/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, send, startApi } from "../../../test/harness.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

type Operation = {
  summary: string;
  requestBody?: { content: Record<string, { example?: unknown; schema?: object }> };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
};

describe("the OpenAPI document", () => {
  it("is 3.1, served with and without a slash, and browsable", async () => {
    const { body } = await api.anonymous.get("/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    for (const path of ["/docs", "/docs/"]) {
      const page = await send(api.app, { method: "GET", url: `/api/v1${path}` });
      expect([page.status, String(page.headers["content-type"])]).toEqual([200, expect.stringContaining("text/html")]);
    }
  });

  it("lists every call of the REST face, each with an example of what it takes and answers", async () => {
    const { body } = await api.anonymous.get("/openapi.json");
    const paths = body.paths as Record<string, Record<string, Operation>>;
    const calls = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, "{id}")}`),
    );
    expect(calls).toEqual(
      expect.arrayContaining([
        "POST /auth/register/",
        "POST /auth/login/",
        "POST /auth/refresh/",
        "POST /auth/logout/",
        "GET /auth/me/",
        "GET /users/",
        "POST /users/",
        "GET /users/{id}/",
        "PUT /users/{id}/",
        "DELETE /users/{id}/",
        "GET /patients/",
        "POST /patients/",
        "GET /patients/{id}/",
        "PUT /patients/{id}/",
        "DELETE /patients/{id}/",
        "GET /patients/search/",
        "POST /patients/search/",
        "POST /patients/{id}/reveal-ssn/",
        "GET /lab-orders/",
        "POST /lab-orders/",
        "GET /lab-orders/{id}/",
        "PUT /lab-orders/{id}/status/",
        "POST /lab-orders/{id}/results/",
        "GET /lab-orders/{id}/results/",
        "POST /hl7/validate/",
        "GET /audit/",
        "GET /health/",
        "GET /ping/",
      ]),
    );
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const name = `${method} ${path}`;
        expect(operation.summary, name).toBeTruthy();
        for (const { example } of Object.values(operation.requestBody?.content ?? {}))
          expect(example, `${name} request`).toBeDefined();
        for (const [status, { content }] of Object.entries(operation.responses)) {
          if (status === "default" || status === "204") continue;
          // The bytes of a file are no example of anything.
          for (const [type, { example }] of Object.entries(content ?? {}))
            if (type !== "application/octet-stream") expect(example, `${name} ${status}`).toBeDefined();
        }
      }
    }
  });
});

describe("errors", () => {
  it("are problem details with a stable code, a sentence and a number to quote", async () => {
    const answer = await api.anonymous.get("/patients/");
    expect(answer.status).toBe(401);
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.body).toEqual({
      type: "urn:infirmary:error:not-signed-in",
      title: errorCodes["not-signed-in"].title,
      status: 401,
      detail: expect.any(String),
      code: "not-signed-in",
      requestId: answer.headers["x-request-id"],
    });
  });

  it("answer unknown addresses, bad JSON, deep prototypes and wrong types alike", async () => {
    const doctor = await api.as("doctor");
    const headers = { authorization: `Bearer ${doctor.access}`, "content-type": "application/json" };
    const post = (payload: string, type = "application/json") =>
      send(api.app, {
        method: "POST",
        url: "/api/v1/patients/",
        headers: { ...headers, "content-type": type },
        payload,
      });
    expect((await doctor.get("/nowhere/")).body.code).toBe("not-found");
    expect((await post("{")).body.code).toBe("validation-failed");
    expect((await post('{"__proto__":{"admin":true}}')).status).toBe(400);
    expect((await post("[]")).status).toBe(400);
    expect((await post("x".repeat(1_200_000))).status).toBe(413);
    expect((await post("<a/>", "application/xml")).status).toBe(415);
    expect((await post(`{"firstName":${"[".repeat(10_000)}${"]".repeat(10_000)}}`)).status).toBe(400);
  });

  it("of values that no database can hold are 400: NUL, dates that are none, cursors made up, depth under a key", async () => {
    const [doctor, admin] = [await api.as("doctor"), await api.as("admin")];
    const id = "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11";
    const cursor = (keys: object) => Buffer.from(JSON.stringify(keys)).toString("base64url");
    const answers = await Promise.all([
      doctor.get("/lab-orders/?q=%00"),
      doctor.get("/lab-tests/?q=%00"),
      doctor.get(`/lab-orders/?cursor=${cursor({ ordered_at_exact: "99", id })}`),
      admin.get("/users/?q=%00"),
      admin.get("/audit/?from=0000-01-01"),
      admin.get(`/audit/?cursor=${cursor({ at: "2026-99-99", id })}`),
      doctor.call("patient.duplicates", { firstName: "a", lastName: "b", dateOfBirth: "0000-01-01" }),
      doctor.call("result.trend", { patientId: id, code: "\u0000" }),
      api.anonymous.post("/auth/login/", { username: "\u0000", password: "x" }),
      doctor.post("/patients/", `{"firstName":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, {
        "content-type": "application/json",
        "idempotency-key": "deep",
      }),
    ]);
    for (const [index, { status, text }] of answers.entries()) expect(status, `${index} ${text}`).toBe(400);
  });

  it("of addresses that cannot be read are problem details too", async () => {
    for (const path of ["/patients/%ff/", `/patients/${"a".repeat(300)}/`]) {
      const answer = await (await api.as("doctor")).get(path);
      expect([answer.status, answer.body.code]).toEqual([404, "not-found"]);
    }
  });

  it("never tell a stack, SQL, a path or a library", async () => {
    const doctor = await api.as("doctor");
    const answers = await Promise.all([
      doctor.get("/patients/not-a-uuid/"),
      doctor.get("/lab-orders/?cursor=%00"),
      doctor.post("/lab-orders/", { patientId: "x'; DROP TABLE patient; --", testCode: "'", testName: "\u0000" }),
      doctor.put("/lab-orders/0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11/status/", { status: "' OR 1=1", version: 1e30 }),
      doctor.get("/patients/search/?q=%27%20OR%201%3D1%20--%00"),
      send(api.app, {
        method: "POST",
        url: "/trpc/order.list",
        headers: { authorization: `Bearer ${doctor.access}`, "content-type": "application/json" },
        payload: '{"limit":{"gt":1}}',
      }),
    ]);
    for (const { status, text } of answers) {
      expect(status, text).toBeLessThan(500);
      expect(text).not.toMatch(/Prisma|SELECT|node_modules|\bat .*\.[jt]s|stack"/);
    }
  });
});

describe("requests as clients make them", () => {
  it("may name a content type without a body", async () => {
    const client = await api.signIn("nurse");
    const headers = { authorization: `Bearer ${client.access}`, "content-type": "application/json" };
    const answer = await send(api.app, { method: "POST", url: "/api/v1/auth/logout/", headers });
    expect(answer.status, answer.text).toBe(204);
  });

  it("may say true and false in a query", async () => {
    const doctor = await api.as("doctor");
    expect((await doctor.get("/lab-orders/?mine=true")).status).toBe(200);
    expect((await doctor.get("/lab-orders/?mine=false")).status).toBe(200);
    expect((await doctor.get("/lab-orders/?mine=perhaps")).status).toBe(400);
  });
});

describe("tRPC", () => {
  it("takes at most ten calls in one request", async () => {
    const names = Array.from({ length: 11 }, () => "system.ping").join(",");
    const answer = await send(api.app, {
      method: "POST",
      url: `/trpc/${names}?batch=1`,
      headers: { "content-type": "application/json" },
      payload: "{}",
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it("takes JSON only: forms and plain text, which a foreign page can send unasked, do nothing", async () => {
    const { access } = await api.signIn("nurse");
    for (const type of ["multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded"]) {
      const answer = await send(api.app, {
        method: "POST",
        url: "/trpc/auth.logout",
        headers: { authorization: `Bearer ${access}`, "content-type": type },
        payload: "--x--",
      });
      expect(answer.status, type).toBe(415);
    }
  });

  it("answers errors with our code and no stack", async () => {
    const answer = await api.anonymous.call("user.list");
    expect(answer.status).toBe(401);
    expect((answer.body.error as { data: object }).data).toMatchObject({ code: "not-signed-in", httpStatus: 401 });
    expect(answer.text).not.toContain("stack");
  });

  it("answers a method an address does not take with 405 and the ones it does", async () => {
    const answer = await send(api.app, { method: "PATCH", url: "/api/v1/patients/" });
    expect([answer.status, answer.body.code, answer.headers.allow]).toEqual([405, "method-not-allowed", "GET, POST"]);
    expect((await send(api.app, { method: "DELETE", url: "/api/v1/auth/login/" })).status).toBe(405);
    expect((await send(api.app, { method: "PATCH", url: "/api/v1/nowhere/" })).status).toBe(404);
  });
});
