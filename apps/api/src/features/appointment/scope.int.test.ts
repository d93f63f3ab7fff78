import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, type Client, startApi } from "../../../test/harness.ts";
import { registerPatient, type TestPatient } from "../../../test/lab.ts";
import { seedPerson } from "../../../test/tenants.ts";

let api: Api;
let doctorId: string;
/** A doctor of both sites, at work at the second; patients and the appointments are the first one's. */
let doctor: Client;
beforeAll(async () => {
  api = await startApi();
  const site = { ...api.home, facilityId: api.home.secondFacilityId };
  await seedPerson(api.owner, site, { username: "both.doctor", fullName: "Bo Doctor", roles: ["doctor"] });
  const { rows } = await api.owner.query(
    `INSERT INTO membership (tenant_id, user_id, facility_id, role) SELECT tenant_id, id, $1, 'doctor' FROM user_account WHERE username = 'both.doctor' RETURNING user_id`,
    [api.home.facilityId],
  );
  doctorId = rows[0].user_id;
  doctor = await api.signIn("both.doctor");
});
afterAll(() => api.close());

const sees = async (patient: TestPatient) =>
  (await doctor.get(`/patients/${patient.id}/`, { "x-facility-id": api.home.secondFacilityId })).status;
let hour = 0;
const book = async (patient: TestPatient) => {
  const start = Date.parse("2027-05-03T08:00:00Z") + hour++ * 3_600_000;
  const answer = await (await api.as("nurse")).post("/appointments/", {
    patientId: patient.id,
    providerId: doctorId,
    facilityId: api.home.facilityId,
    visitType: "Follow-up",
    start: new Date(start).toISOString(),
    end: new Date(start + 1_200_000).toISOString(),
  });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body as { id: string };
};
const cancel = async (id: string) =>
  (await (await api.as("nurse")).post(`/appointments/${id}/cancel/`, { reason: "Patient is ill" })).status;

describe("an appointment", () => {
  it("opens the patient to the doctor it is with, wherever they work, and closes again when the last one is cancelled", async () => {
    const patient = await registerPatient(api);
    expect(await sees(patient)).toBe(403);
    const [first, second] = [await book(patient), await book(patient)];
    expect(await sees(patient)).toBe(200);
    expect([await cancel(first.id), await sees(patient)]).toEqual([200, 200]);
    expect([await cancel(second.id), await sees(patient)]).toEqual([200, 403]);
    await book(patient);
    expect(await sees(patient)).toBe(200);
  });

  it("given to another doctor closes the patient to the first", async () => {
    const patient = await registerPatient(api);
    const { id } = await book(patient);
    await api.owner.query("UPDATE appointment SET provider_id = $2 WHERE id = $1", [id, api.people.doctor.id]);
    expect(await sees(patient)).toBe(403);
  });

  it("that is cancelled leaves what an order or a visit opened", async () => {
    const patient = await registerPatient(api);
    await api.owner.query(
      "INSERT INTO care_team_member (tenant_id, patient_id, user_id, reason) VALUES ($1, $2, $3, 'ORDERING')",
      [api.home.id, patient.id, doctorId],
    );
    const { id } = await book(patient);
    expect([await cancel(id), await sees(patient)]).toEqual([200, 200]);
  });
});
