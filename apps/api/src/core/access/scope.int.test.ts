import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, type Client, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, type TestOrder, type TestPatient, upload } from "../../../test/lab.ts";
import { seedPerson } from "../../../test/tenants.ts";
import { newId } from "../id.ts";

let api: Api;
/** A doctor and a technician of the second facility only. */
let far: Record<"doctor" | "lab" | "both", Client>;
let patient: TestPatient;
let order: TestOrder;

beforeAll(async () => {
  api = await startApi();
  const site = { ...api.home, facilityId: api.home.secondFacilityId };
  await seedPerson(api.owner, site, { username: "far.doctor", fullName: "Fara Doctor", roles: ["doctor"] });
  await seedPerson(api.owner, site, { username: "far.lab", fullName: "Faro Lab", roles: ["lab_technician"] });
  const both = await seedPerson(api.owner, api.home, { username: "both", fullName: "Bo Both", roles: ["nurse"] });
  await api.owner.query(
    "INSERT INTO membership (tenant_id, user_id, facility_id, role) VALUES ($1, $2, $3, 'doctor')",
    [api.home.id, both.id, api.home.secondFacilityId],
  );
  far = {
    doctor: await api.signIn("far.doctor"),
    lab: await api.signIn("far.lab"),
    both: await api.signIn("both"),
  };
  patient = await registerPatient(api, { lastName: "Nearby" });
  order = await placeOrder(api, patient);
  await upload(api, order.id, oruOf(patient, order, [{}]));
});
afterAll(() => api.close());

const isOutOfScope = { status: 403, body: { code: "out-of-scope", current: { mayBreakGlass: true, facilities: [] } } };

describe("a patient of another facility", () => {
  it("is refused by every road to the record, and the refusal offers what helps", async () => {
    const { body } = await (await api.as("doctor")).call("result.list", { orderId: order.id });
    const [value] = (body as { result: { data: { items: { id: string; messageId: string }[] } } }).result.data.items;
    for (const [procedure, input] of Object.entries({
      "patient.get": { id: patient.id },
      "patient.update": { id: patient.id, version: 1, firstName: "X" },
      "patient.revealSsn": { id: patient.id, reason: "why not" },
      "order.get": { id: order.id },
      "order.create": { patientId: patient.id, testCode: "2823-3", testName: "Potassium" },
      "order.setStatus": { id: order.id, status: "CANCELLED" },
      "result.list": { orderId: order.id },
      "result.byPatient": { patientId: patient.id },
      "result.trend": { patientId: patient.id, code: "2823-3" },
      "result.history": { observationId: value?.id },
      "result.messages": { orderId: order.id },
      "result.rawMessage": { messageId: value?.messageId },
    })) {
      const answer = await far.doctor.call(procedure, input);
      expect(answer.status, procedure).toBe(403);
      expect(answer.text, procedure).toContain('"out-of-scope"');
      expect(answer.text, procedure).toContain(patient.id);
      expect(answer.text, procedure).not.toContain("Nearby");
    }
    expect(await far.doctor.get(`/patients/${patient.id}/`)).toMatchObject(isOutOfScope);
  });

  it("leaves a refused audit entry that names the patient", async () => {
    await far.doctor.get(`/patients/${patient.id}/`);
    const { rows } = await api.owner.query(
      "SELECT DISTINCT action, patient_id, reason FROM audit_entry WHERE username = 'far.doctor' AND outcome = 'refused' AND action = 'patient.get'",
    );
    expect(rows).toEqual([{ action: "patient.get", patient_id: patient.id, reason: "patient.read: out of scope" }]);
  });

  it("is in no list, search, worklist or count", async () => {
    const shown = await Promise.all([
      far.doctor.get("/patients/"),
      far.doctor.get("/patients/search/?q=nearby"),
      far.doctor.get("/patients/search/?q=near"),
      far.doctor.get("/patients/search/?q=naerby"),
      far.doctor.get(`/patients/search/?q=${patient.mrn}`),
      far.doctor.get("/patients/search/?q=1980-01-01"),
      far.lab.get("/lab-orders/"),
      far.lab.get("/lab-orders/?sort=worklist"),
    ]);
    for (const { status, body } of shown) expect([status, body.items]).toEqual([200, []]);
    expect((await far.lab.call("order.counts", {})).text).not.toMatch(/[1-9]/);
  });

  it("has no results filed by a technician of elsewhere", async () => {
    const answer = await far.lab.post(`/lab-orders/${order.id}/results/`, oruOf(patient, order, [{}]), {
      "content-type": "application/hl7-v2",
    });
    expect([answer.status, answer.body.code]).toEqual([403, "out-of-scope"]);
  });

  it("is the patient of whoever orders for it, wherever that person works then, and of the facility of the order", async () => {
    const mine = await far.doctor.post("/patients/", {
      firstName: "Own",
      lastName: "Order",
      dateOfBirth: "1990-01-01",
      gender: "male",
    });
    const id = String(mine.body.id);
    expect((await far.both.get(`/patients/${id}/`)).status).toBe(403);
    const there = { "x-facility-id": api.home.secondFacilityId };
    const body = { patientId: id, testCode: "2823-3", testName: "Potassium" };
    expect((await far.both.post("/lab-orders/", body, there)).status).toBe(201);
    expect((await far.both.get(`/patients/${id}/`)).status).toBe(200);
    expect((await (await api.as("nurse")).get(`/patients/${id}/`)).status).toBe(403);
  });

  it("says which of one's own facilities to change to", async () => {
    const there = await far.doctor.post("/patients/", {
      firstName: "Over",
      lastName: "There",
      dateOfBirth: "1990-01-01",
      gender: "male",
    });
    const answer = await far.both.get(`/patients/${there.body.id}/`);
    expect(answer.body).toMatchObject({
      code: "out-of-scope",
      current: { facilities: [{ id: api.home.secondFacilityId, name: "Site B" }] },
    });
    expect(answer.body.detail).toContain("change to it");
  });
});

describe("a record that is not there", () => {
  it("is the same answer for a random id and for one of another organisation", async () => {
    const doctor = await api.as("doctor");
    const other = await (await api.as("otherDoctor")).post("/patients/", {
      firstName: "A",
      lastName: "B",
      dateOfBirth: "1990-01-01",
      gender: "male",
    });
    const [foreign, unknown] = [
      await doctor.get(`/patients/${other.body.id}/`),
      await doctor.get(`/patients/${newId()}/`),
    ];
    const without = ({ requestId: _, ...body }: Record<string, unknown>) => body;
    expect(without(foreign.body)).toEqual(without(unknown.body));
    expect(foreign.status).toBe(404);
  });
});

describe("X-Facility-ID and X-Tenant-ID", () => {
  it("choose where one works, with the roles held there", async () => {
    const here = (await far.both.get("/auth/me/")).body;
    const there = (await far.both.get("/auth/me/", { "x-facility-id": api.home.secondFacilityId })).body;
    expect([here.roles, there.roles]).toEqual([["nurse"], ["doctor"]]);
    expect(there.facility).toMatchObject({ name: "Site B" });
    expect((await far.both.get("/auth/me/", { "x-tenant-id": api.home.id })).status).toBe(200);
  });

  it.each([
    ["another facility of the organisation", () => ({ "x-facility-id": api.home.secondFacilityId })],
    ["a facility of another organisation", () => ({ "x-facility-id": api.other.facilityId })],
    ["no facility at all", () => ({ "x-facility-id": newId() })],
    ["nonsense", () => ({ "x-facility-id": "'; DROP TABLE" })],
    ["another organisation", () => ({ "x-tenant-id": api.other.id })],
  ])("naming %s are refused", async (_, headers) => {
    const answer = await (await api.as("doctor")).get("/patients/", headers());
    expect([answer.status, answer.body.code]).toEqual([403, "not-a-member"]);
  });
});
