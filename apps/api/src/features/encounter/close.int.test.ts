import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditRows } from "../../../test/audit-rows.ts";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../../../test/lab.ts";
import { planVisit, visitInConsult } from "../../../test/visit.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

type Blocked = { blockers: { code: string; title: string; link: string }[] };
const codesOf = (body: unknown) => (body as Blocked).blockers.map(({ code }) => code);

describe("closing a visit", () => {
  it("answers what is open, each with the place where it is put right, and closes once nothing is", async () => {
    const patient = await registerPatient(api);
    const { id } = await visitInConsult(api, patient);
    const doctor = await api.as("doctor");
    const order = await placeOrder(api, patient);
    const close = () => doctor.post(`/encounters/${id}/close/`, {});
    const refused = await close();
    expect([refused.status, refused.body.code]).toEqual([409, "close-blocked"]);
    expect(refused.body.blockers).toEqual([
      { code: "no-diagnosis", title: expect.any(String), link: `/encounters/${id}#diagnoses` },
      { code: "allergy-status-missing", title: expect.any(String), link: `/patients/${patient.id}#allergies` },
      { code: "unfinished-order", title: expect.stringContaining(order.orderNumber), link: `/orders/${order.id}` },
    ]);
    await doctor.post(`/encounters/${id}/diagnoses/`, { code: "E87.5", rank: "primary" });
    await doctor.post(`/patients/${patient.id}/allergies/none-known/`, {});
    await upload(api, order.id, oruOf(patient, order, [{ value: "6.9", flag: "HH" }]));
    expect(codesOf((await close()).body)).toEqual(["open-critical-result"]);
    await doctor.put(`/lab-orders/${order.id}/status/`, { status: "REVIEWED", comment: "Calcium given" });
    expect((await close()).body).toMatchObject({ status: "COMPLETED" });
    expect((await close()).body.code).toBe("encounter-closed");
  });

  it("takes an override with a reason, which the audit keeps beside what was open", async () => {
    const patient = await registerPatient(api);
    const { id } = await visitInConsult(api, patient);
    const closed = await (await api.as("doctor")).post(`/encounters/${id}/close/`, { overrideReason: "Patient left" });
    expect([closed.status, closed.body.status]).toEqual([200, "COMPLETED"]);
    const rows = await auditRows(api, "entity_id = $1 AND action = 'encounter.override'", [id]);
    expect(rows).toMatchObject([
      { reason: "Patient left", after: { blockers: ["no-diagnosis", "allergy-status-missing"] } },
    ]);
  });

  it("keeps the refusal in the audit log, and leaves the visit as it was", async () => {
    const { id } = await visitInConsult(api, await registerPatient(api));
    const doctor = await api.as("doctor");
    await doctor.post(`/encounters/${id}/close/`, {});
    const { rows } = await api.owner.query(
      "SELECT outcome, after FROM audit_entry WHERE entity_id = $1 AND action = 'encounter.close'",
      [id],
    );
    expect(rows).toEqual([{ outcome: "failed", after: { blockers: ["no-diagnosis", "allergy-status-missing"] } }]);
    expect((await doctor.get(`/encounters/${id}/`)).body.status).toBe("IN_CONSULT");
  });

  it("is a doctor's step, from the consultation only, and never another organisation's", async () => {
    const patient = await registerPatient(api);
    const planned = await planVisit(api, patient);
    expect((await (await api.as("doctor")).post(`/encounters/${planned.id}/close/`, {})).body.code).toBe(
      "wrong-transition",
    );
    const { id } = await visitInConsult(api, patient);
    expect((await (await api.as("nurse")).post(`/encounters/${id}/close/`, { overrideReason: "x" })).status).toBe(403);
    expect((await (await api.as("otherDoctor")).post(`/encounters/${id}/close/`, {})).status).toBe(404);
  });

  it("counts only this visit's orders as unfinished, and takes a named visit only of the same patient", async () => {
    const [patient, stranger] = [await registerPatient(api), await registerPatient(api)];
    await placeOrder(api, patient);
    const { id } = await visitInConsult(api, patient);
    const doctor = await api.as("doctor");
    const wrong = await doctor.post("/lab-orders/", {
      patientId: stranger.id,
      testCode: "2823-3",
      testName: "Potassium",
      encounterId: id,
    });
    expect((wrong.body.errors as { path: string }[])[0]?.path).toBe("encounterId");
    const blockers = await doctor.call("encounter.blockers", { id });
    const { items } = (blockers.body.result as { data: { items: { code: string }[] } }).data;
    expect(items.map(({ code }) => code)).toEqual(["no-diagnosis", "allergy-status-missing"]);
  });
});
