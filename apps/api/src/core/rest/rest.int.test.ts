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
          for (const { example } of Object.values(content ?? {})) expect(example, `${name} ${status}`).toBeDefined();
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

  it("answers errors with our code and no stack", async () => {
    const answer = await api.anonymous.call("user.list");
    expect(answer.status).toBe(401);
    expect((answer.body.error as { data: object }).data).toMatchObject({ code: "not-signed-in", httpStatus: 401 });
    expect(answer.text).not.toContain("stack");
  });
});
