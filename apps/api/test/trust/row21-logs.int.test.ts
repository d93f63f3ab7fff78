import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logger } from "../../src/core/build-platform.ts";
import { type Api, send, startApi } from "../harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../lab.ts";
import { many } from "./form.ts";

/** Row 21: the logs know that something happened, never to whom. */
let api: Api;
let written = "";
beforeAll(async () => {
  const destination = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  api = await startApi({ log: logger("trace", "test", destination) });
});
afterAll(() => api.close());

describe("1,000 values that could name a patient", () => {
  it("leave none in the logs, and every line is JSON", { timeout: 300_000 }, async () => {
    const canaries = Array.from({ length: 1_000 }, (_, index) => `Zqcanary${index.toString(36).padStart(3, "0")}x`);
    const rounds = many(125, 125);
    const nurse = await api.as("nurse");
    for (let round = 0; round < rounds; round++) {
      const [first, last, email, street, query, notes, bad, line] = canaries.slice(round * 8) as string[];
      const patient = await registerPatient(api, {
        firstName: first,
        lastName: last,
        email: `${email}@example.org`,
        address: `1 ${street}`,
      });
      await nurse.call("patient.search", { q: query });
      await nurse.get(`/patients/?search=${query}&${bad}=1`);
      await nurse.get(`/patients/${bad}/`);
      await send(api.app, {
        method: "POST",
        url: `/api/v1/patients/?${bad}`,
        headers: { "content-type": "application/json" },
        payload: `{"${bad}`,
      });
      if (round % 10 !== 0) continue;
      const order = await placeOrder(api, patient, { notes: `${notes}\n{"level":30,"msg":"forged ${line}"}` });
      await upload(
        api,
        order.id,
        oruOf(patient, order, [{ type: "ST", value: `${line}\\X0A\\forged`, notes: [notes ?? ""] }]),
      );
      await upload(api, order.id, `MSH|^~\\&|${bad}|broken\r`);
      await api.anonymous.post("/auth/login/", { username: bad, password: query });
    }
    await api.owner.query("ALTER TABLE patient RENAME COLUMN sort_name TO sort_name_gone");
    await nurse.call("patient.search", { q: canaries[0] });
    await nurse.post("/patients/", {
      firstName: canaries[1],
      lastName: canaries[2],
      dateOfBirth: "1980-01-01",
      gender: "other",
    });
    await api.owner.query("ALTER TABLE patient RENAME COLUMN sort_name_gone TO sort_name");
    expect(canaries.filter((canary) => written.toLowerCase().includes(canary.toLowerCase()))).toEqual([]);
    const lines = written.split("\n").filter((text) => text !== "");
    expect(lines.length).toBeGreaterThan(500);
    for (const text of lines) expect(JSON.parse(text)).toMatchObject({ name: "test" });
    expect(written).toContain("request failed");
    expect(written).not.toContain("forged");
  });
});
