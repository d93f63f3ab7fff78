import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditRows } from "../../../test/audit-rows.ts";
import { type Answer, type Api, startApi } from "../../../test/harness.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const jane = { firstName: "Jane", lastName: "Doe", dateOfBirth: "1980-01-31", gender: "female" };
const pathsOf = (answer: Answer) => (answer.body.errors as unknown as { path: string }[]).map(({ path }) => path);
let ssnTaken = 0;
/** A number nobody in this file has yet. */
const newSsn = () => `234-56-${String(++ssnTaken).padStart(4, "0")}`;

async function register(
  body: object = jane,
): Promise<{ id: string; mrn: string; version: number; ssn: string | null }> {
  const answer = await (await api.as("doctor")).post("/patients/", body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body as never;
}

const auditOf = (id: string) => auditRows(api, "patient_id = $1", [id]);

describe("removing", () => {
  it("answers 204, hides the patient everywhere, and can be undone", async () => {
    const { id } = await register({ ...jane, lastName: "Vanishing" });
    const admin = await api.as("admin");
    const removed = await admin.delete(`/patients/${id}/`);
    expect([removed.status, removed.text]).toEqual([204, ""]);
    expect((await admin.get(`/patients/${id}/`)).status).toBe(404);
    expect((await admin.delete(`/patients/${id}/`)).status).toBe(404);
    expect((await admin.post("/patients/search/", { q: "vanishing" })).body.items).toEqual([]);
    expect((await admin.post("/patients/search/", { q: "vanishing 1980-01-31" })).body.items).toEqual([]);
    expect((await admin.call("patient.restore", { id })).status).toBe(200);
    expect((await admin.get(`/patients/${id}/`)).body.version).toBe(3);
    expect((await admin.post("/patients/search/", { q: "vanishing" })).body.items).toHaveLength(1);
  });
});

describe("revealing an SSN", () => {
  it("shows it in full to who gives a reason, which stays in the log", async () => {
    const ssn = newSsn();
    const { id } = await register({ ...jane, ssn });
    const doctor = await api.as("doctor");
    expect(pathsOf(await doctor.post(`/patients/${id}/reveal-ssn/`, {}))).toEqual(["reason"]);
    const answer = await doctor.post(`/patients/${id}/reveal-ssn/`, { reason: "Insurance by phone" });
    expect([answer.status, answer.body]).toEqual([200, { ssn }]);
    expect((await auditOf(id)).at(-1)).toMatchObject({
      action: "patient.ssn.reveal",
      reason: "Insurance by phone",
      outcome: "success",
    });
  });

  it("answers null where none is recorded", async () => {
    const { id } = await register(jane);
    expect((await (await api.as("doctor")).post(`/patients/${id}/reveal-ssn/`, { reason: "to see" })).body).toEqual({
      ssn: null,
    });
  });
});
