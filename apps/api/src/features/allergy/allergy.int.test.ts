import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditRows } from "../../../test/audit-rows.ts";
import { type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

async function someone() {
  const patient = await registerPatient(api);
  const nurse = await api.as("nurse");
  const at = `/patients/${patient.id}/allergies/`;
  return { patient, nurse, at, add: (body: object) => nurse.post(at, body) };
}

describe("allergies", () => {
  it("are not asked for, then none known, then a list: three states, each saying who asked and when", async () => {
    const { nurse, at, add } = await someone();
    expect((await nurse.get(at)).body).toEqual({ status: "NOT_ASKED", askedAt: null, askedByName: null, items: [] });
    expect((await nurse.post(`${at}none-known/`, {})).body).toMatchObject({
      status: "NONE_KNOWN",
      askedByName: "Nils Nurse",
      items: [],
    });
    const listed = await add({
      substance: "Penicillin",
      severity: "severe",
      reaction: "Face swelled, seen by Mrs Quentin",
    });
    expect([listed.status, listed.body.status]).toEqual([201, "LISTED"]);
    expect((await nurse.post(`${at}none-known/`, {})).status).toBe(409);
    expect((await nurse.get(at)).body).toMatchObject({
      status: "LISTED",
      items: [{ substance: "Penicillin", severity: "severe" }],
    });
  });

  it("stand severest first, each substance once whatever its letters, the reaction sealed", async () => {
    const { patient, nurse, at, add } = await someone();
    await add({ substance: "Latex", severity: "mild" });
    await add({ substance: "Peanut", severity: "severe", reaction: "Quentin gave adrenaline" });
    await add({ substance: "Aspirin" });
    expect((await add({ substance: "LATEX", severity: "severe" })).body.code).toBe("already-exists");
    const { body } = await nurse.get(at);
    expect((body.items as { substance: string }[]).map(({ substance }) => substance)).toEqual([
      "Peanut",
      "Aspirin",
      "Latex",
    ]);
    expect((body.items as { reaction: string }[])[0]?.reaction).toBe("Quentin gave adrenaline");
    const { rows } = await api.owner.query(
      "SELECT (SELECT string_agg(to_jsonb(a)::text, '') FROM allergy a WHERE patient_id = $1) || (SELECT string_agg(to_jsonb(e)::text, '') FROM audit_entry e WHERE patient_id = $1) AS all",
      [patient.id],
    );
    expect(rows[0].all).not.toContain("Quentin");
  });

  it("that were wrong are taken off with a reason; after the last one nobody has asked, which is not none", async () => {
    const { nurse, at, add } = await someone();
    const { body } = await add({ substance: "Penicillin" });
    const [entry] = body.items as { id: string }[];
    expect((await nurse.post(`/allergies/${entry?.id}/refute/`, {})).status).toBe(400);
    expect((await nurse.post(`/allergies/${entry?.id}/refute/`, { reason: "It was her sister's" })).body).toMatchObject(
      {
        status: "NOT_ASKED",
        items: [],
      },
    );
    expect((await nurse.post(`/allergies/${entry?.id}/refute/`, { reason: "again" })).status).toBe(404);
    expect((await nurse.get(at)).body.status).toBe("NOT_ASKED");
    const rows = await auditRows(api, "entity_id = $1 AND action = 'allergy.refute'", [entry?.id]);
    expect(rows).toMatchObject([{ reason: "It was her sister's" }]);
  });

  it("refuse bad input, who may not write, nobody and another organisation", async () => {
    const { at, add } = await someone();
    expect((await add({ substance: "" })).status).toBe(400);
    expect((await add({ substance: "x", severity: "fatal" })).status).toBe(400);
    expect((await (await api.as("lab_technician")).get(at)).status).toBe(200);
    expect((await (await api.as("lab_technician")).post(at, { substance: "x" })).status).toBe(403);
    expect((await api.anonymous.get(at)).status).toBe(401);
    expect((await (await api.as("otherDoctor")).get(at)).status).toBe(404);
    expect((await (await api.as("otherDoctor")).post(at, { substance: "x" })).status).toBe(404);
  });
});
