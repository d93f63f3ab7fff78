import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, send, startApi } from "../harness.ts";
import { type Caller, callerOf } from "./caller.ts";
import { inputWith, procedures } from "./inputs.ts";

/** Row 22: every input has a bound, and what goes over it is refused quickly. */
let api: Api;
let call: Caller;
beforeAll(async () => {
  api = await startApi();
  call = await callerOf(api);
});
afterAll(() => api.close());

const limitMs = 500;
/** This process's own time: a machine that is busy with something else does not fail the test. */
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const calls = procedures.filter(({ type }) => type !== "subscription");
/** Files of one message are bound by bytes, not by the length of their base64. */
const isFile = (path: readonly (string | number)[]) => path.at(-1) === "contentBase64";

describe("every schema", () => {
  it("says how long a text and a list may be", () => {
    const unbound = procedures.flatMap(({ name, leaves, lists }) => [
      ...leaves
        .filter(
          ({ type, schema }) =>
            type === "string" && schema.maxLength === undefined && !schema.enum && schema.const === undefined,
        )
        .filter(({ schema }) => !["uuid", "date", "date-time", "time"].includes(schema.format ?? ""))
        .map(({ path }) => `${name} ${path.join(".")}`),
      ...lists.filter(({ schema }) => schema.maxItems === undefined).map(({ path }) => `${name} ${path.join(".")}[]`),
    ]);
    expect(unbound).toEqual([]);
  });
});

describe("what is too much", () => {
  it("is refused in less than half a second: a text of 50 kB in every text input", { timeout: 180_000 }, async () => {
    const long = "a".repeat(50_000);
    const failures: string[] = [];
    for (const procedure of calls) {
      for (const { path, type } of procedure.leaves) {
        if (type !== "string" || isFile(path)) continue;
        const startedAt = cpuMs();
        const { status } = await call(procedure, inputWith(procedure.schema, path, long));
        const ms = cpuMs() - startedAt;
        if (status < 400 || status >= 500 || ms > limitMs)
          failures.push(`${procedure.name} ${path.join(".")}: ${status}, ${Math.round(ms)} ms`);
      }
    }
    expect(failures).toEqual([]);
  });

  it("is refused: a list of a million elements, for every procedure that takes an input", {
    timeout: 180_000,
  }, async () => {
    const doctor = await api.as("doctor");
    const payload = JSON.stringify(Array.from({ length: 1_000_000 }, () => 1));
    const failures: string[] = [];
    for (const { name, schema } of calls) {
      if (!schema) continue;
      const startedAt = cpuMs();
      const { status } = await send(api.app, {
        method: "POST",
        url: `/trpc/${name}`,
        headers: { authorization: `Bearer ${doctor.access}`, "content-type": "application/json" },
        payload,
      });
      const ms = cpuMs() - startedAt;
      if (status < 400 || status >= 500 || ms > limitMs) failures.push(`${name}: ${status}, ${Math.round(ms)} ms`);
    }
    expect(failures).toEqual([]);
  });

  it("is refused: JSON 10,000 deep, over tRPC and REST", { timeout: 60_000 }, async () => {
    const doctor = await api.as("doctor");
    const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
    for (const url of ["/trpc/patient.list", "/trpc/order.create", "/api/v1/patients/", "/api/v1/auth/login/"]) {
      const startedAt = cpuMs();
      const { status } = await send(api.app, {
        method: "POST",
        url,
        headers: { authorization: `Bearer ${doctor.access}`, "content-type": "application/json" },
        payload: deep,
      });
      expect([status >= 400 && status < 500, cpuMs() - startedAt < limitMs], `${url} ${status}`).toEqual([true, true]);
    }
  });
});
