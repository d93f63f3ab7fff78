import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { planVisit, sickVitals, wellVitals } from "../../../test/visit.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

async function arrived(changes: Record<string, unknown> = {}) {
  const patient = await registerPatient(api, changes);
  const { id } = await planVisit(api, patient);
  const nurse = await api.as("nurse");
  await nurse.post(`/encounters/${id}/check-in/`, {});
  const record = (values: object) => nurse.post(`/encounters/${id}/vitals/`, values);
  return { patient, id, nurse, record };
}

describe("recording vital signs", () => {
  it("answers them with NEWS2 for an adult, and the visit shows the latest score", async () => {
    const { id, nurse, record } = await arrived();
    const sick = await record(sickVitals);
    expect([sick.status, sick.body.news2, sick.body.pews]).toEqual([201, { score: 10, risk: "high" }, null]);
    await record({ ...wellVitals, takenAt: new Date(Date.now() - 3_600_000).toISOString() });
    expect((await nurse.get(`/encounters/${id}/`)).body.earlyWarning).toMatchObject({ score: 10, risk: "high" });
    await record(wellVitals);
    expect((await nurse.get(`/encounters/${id}/`)).body.earlyWarning).toMatchObject({ score: 0, risk: "low" });
  });

  it("answers PEWS for a child, saying what was not assessed", async () => {
    const { record } = await arrived({ dateOfBirth: "2023-01-01" });
    const child = {
      ...wellVitals,
      bloodPressureSystolic: 100,
      bloodPressureDiastolic: 60,
      pulse: 155,
      respiratoryRate: 44,
    };
    expect((await record(child)).body).toMatchObject({
      news2: null,
      pews: { score: 3, risk: "low", missing: ["capillary refill", "respiratory effort"] },
    });
    expect((await record({ ...child, capillaryRefillSeconds: 4, respiratoryEffort: "moderate" })).body.pews).toEqual({
      score: 9,
      risk: "high",
      missing: [],
    });
  });

  it("keeps a temperature in Celsius and as it was read", async () => {
    const { record } = await arrived();
    expect((await record({ ...wellVitals, temperature: 101.3, temperatureUnit: "F" })).body).toMatchObject({
      temperature: 38.5,
      temperatureEntered: "101.3 °F",
    });
  });

  it("refuses impossible values with the range", async () => {
    const { record } = await arrived();
    const answer = await record({ ...wellVitals, bloodPressureSystolic: 900 });
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [{ path: "bloodPressureSystolic", message: "Possible is 30 to 320 mmHg." }],
    ]);
  });

  it("asks to confirm unlikely ones, and takes them once they are named", async () => {
    const { id, nurse, record } = await arrived();
    const unlikely = { ...wellVitals, pulse: 240, temperature: 31 };
    const asked = await record(unlikely);
    expect([asked.status, asked.body.code]).toEqual([409, "needs-confirmation"]);
    expect((asked.body.errors as { path: string }[]).map(({ path }) => path)).toEqual(["pulse", "temperature"]);
    expect((await record({ ...unlikely, confirmed: ["pulse"] })).status).toBe(409);
    expect((await nurse.get(`/encounters/${id}/`)).body.status).toBe("ARRIVED");
    expect((await record({ ...unlikely, confirmed: ["pulse", "temperature"] })).status).toBe(201);
  });

  it("refuses a time in the future and one long before the arrival", async () => {
    const { record } = await arrived();
    for (const takenAt of [new Date(Date.now() + 3_600_000), new Date(Date.now() - 3 * 86_400_000)]) {
      const answer = await record({ ...wellVitals, takenAt: takenAt.toISOString() });
      expect([answer.status, (answer.body.errors as { path: string }[])[0]?.path]).toEqual([400, "takenAt"]);
    }
  });

  it("is for nurses and doctors, and answers another organisation as if there were no visit", async () => {
    const { id } = await arrived();
    for (const role of ["lab_technician", "billing_clerk", "admin"] as const)
      expect((await (await api.as(role)).post(`/encounters/${id}/vitals/`, wellVitals)).status, role).toBe(403);
    expect((await (await api.as("otherDoctor")).post(`/encounters/${id}/vitals/`, wellVitals)).status).toBe(404);
    expect((await api.anonymous.post(`/encounters/${id}/vitals/`, wellVitals)).status).toBe(401);
  });

  it("rings at the doctor who is to see the patient when the score is high, at every doctor where nobody is, without a name", async () => {
    const { patient, id, record } = await arrived();
    await record(wellVitals);
    const bell = async () =>
      (
        await api.owner.query(
          "SELECT user_id, title FROM notification WHERE patient_id = $1 AND kind = 'early-warning' ORDER BY created_at",
          [patient.id],
        )
      ).rows as { user_id: string; title: string }[];
    expect(await bell()).toEqual([]);
    await record(sickVitals);
    expect((await bell()).map(({ user_id }) => user_id)).toEqual([api.people.doctor.id]);
    expect((await bell())[0]?.title).toBe("NEWS2 10, high risk: a patient at Site A needs you now");
    await (await api.as("doctor")).post(`/encounters/${id}/start-consult/`, {});
    await record(sickVitals);
    expect(await bell()).toHaveLength(2);
  });

  it("cannot be changed afterwards, not even by the database's owner", async () => {
    const { record } = await arrived();
    const { body } = await record(wellVitals);
    await expect(api.owner.query("UPDATE vital_signs SET pulse = 1 WHERE id = $1", [body.id])).rejects.toThrow(
      /append-only/,
    );
  });
});

describe("the oxygen scale", () => {
  it("is chosen by a doctor, scores from then on, and is audited; a nurse may not", async () => {
    const { patient, record } = await arrived();
    const onOxygen = { ...wellVitals, spo2: 96, onOxygen: true };
    expect((await record(onOxygen)).body).toMatchObject({ spo2Scale: 1, news2: { score: 2 } });
    const input = { patientId: patient.id, spo2Scale: 2 };
    expect((await (await api.as("nurse")).call("vitals.setScale", input)).status).toBe(403);
    expect((await (await api.as("doctor")).call("vitals.setScale", input)).status).toBe(200);
    expect((await record(onOxygen)).body).toMatchObject({ spo2Scale: 2, news2: { score: 4 } });
    const { rows } = await api.owner.query(
      "SELECT before, after FROM audit_entry WHERE action = 'vitals.set-scale' AND patient_id = $1",
      [patient.id],
    );
    expect(rows).toEqual([{ before: { spo2Scale: 1 }, after: { spo2Scale: 2 } }]);
  });
});

describe("reading vital signs", () => {
  it("gives the latest first, of one visit where it is named, and is audited", async () => {
    const { patient, id, record } = await arrived();
    await record({ ...wellVitals, pulse: 80, takenAt: new Date(Date.now() - 60_000).toISOString() });
    await record({ ...wellVitals, pulse: 90 });
    const doctor = await api.as("doctor");
    const read = await doctor.call("vitals.list", { patientId: patient.id, encounterId: id });
    const { items } = (read.body.result as { data: { items: { pulse: number }[] } }).data;
    expect(items.map(({ pulse }) => pulse)).toEqual([90, 80]);
    const { rows } = await api.owner.query(
      "SELECT count(*)::int AS count FROM audit_entry WHERE action = 'vitals.read' AND patient_id = $1",
      [patient.id],
    );
    expect(rows[0].count).toBe(1);
  });
});
