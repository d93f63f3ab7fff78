import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditRows } from "../../../test/audit-rows.ts";
import { type Api, type Client, startApi } from "../../../test/harness.ts";
import { registerPatient, type TestPatient } from "../../../test/lab.ts";
import { seedPerson } from "../../../test/tenants.ts";
import { newId } from "../../core/id.ts";

let api: Api;
let far: Client;
const reason = { reasonCode: "EMERGENCY", reasonText: "Unconscious in the waiting room" };

beforeAll(async () => {
  api = await startApi();
  const site = { ...api.home, facilityId: api.home.secondFacilityId };
  await seedPerson(api.owner, site, { username: "far.doctor", fullName: "Fara Doctor", roles: ["doctor"] });
  far = await api.signIn("far.doctor");
});
afterAll(() => api.close());

const open = (patient: TestPatient, client = far, body: object = reason) =>
  client.post(`/patients/${patient.id}/break-glass/`, body);
const see = async (patient: TestPatient, client = far) => (await client.get(`/patients/${patient.id}/`)).status;

describe("breaking the glass", () => {
  it("opens one patient's record, for an hour, to one person", async () => {
    const [patient, other] = [await registerPatient(api), await registerPatient(api)];
    expect(await see(patient)).toBe(403);
    const { status, body } = await open(patient);
    expect(status).toBe(201);
    expect(Date.parse(String(body.expiresAt)) - Date.parse(String(body.startedAt))).toBe(3_600_000);
    expect([await see(patient), await see(other)]).toEqual([200, 403]);
    const site = { ...api.home, facilityId: api.home.secondFacilityId };
    await seedPerson(api.owner, site, { username: "far.nurse", fullName: "Fari Nurse", roles: ["nurse"] });
    expect(await see(patient, await api.signIn("far.nurse"))).toBe(403);
    await api.owner.query(
      "UPDATE break_glass SET started_at = started_at - interval '61 minutes', expires_at = expires_at - interval '61 minutes' WHERE id = $1",
      [body.id],
    );
    expect(await see(patient)).toBe(403);
  });

  it("tells every reviewer at once and leaves an audit entry of its own kind with the reason", async () => {
    const patient = await registerPatient(api);
    const { body } = await open(patient);
    const bell = await (await api.as("admin")).call("notification.list", {});
    expect(bell.text).toContain("Emergency access by Fara Doctor");
    expect(bell.text).not.toContain(patient.lastName);
    const rows = await auditRows(api, "action = 'patient.break-glass' AND entity_id = $1", [body.id]);
    expect(rows).toMatchObject([
      { patient_id: patient.id, reason: "Emergency treatment: Unconscious in the waiting room", outcome: "success" },
    ]);
  });

  it("can be ended by who opened it, and by nobody else", async () => {
    const patient = await registerPatient(api);
    const { body } = await open(patient);
    expect((await (await api.as("doctor")).call("breakGlass.end", { id: body.id })).status).toBe(404);
    expect((await far.call("breakGlass.own", {})).text).toContain(String(body.id));
    expect((await far.call("breakGlass.end", { id: body.id })).status).toBe(200);
    expect(await see(patient)).toBe(403);
    expect((await far.call("breakGlass.own", {})).text).not.toContain(String(body.id));
  });

  it.each([
    ["no reason", {}],
    ["a reason that is none", { ...reason, reasonCode: "CURIOSITY" }],
    ["a code without words", { ...reason, reasonText: "   " }],
    ["more than an hour", { ...reason, minutes: 600 }],
  ])("takes %s for a fault", async (_, body) => {
    const patient = await registerPatient(api);
    expect((await open(patient, far, body)).status).toBe(400);
    expect(await see(patient)).toBe(403);
  });

  it("is refused for who may not, for one's own patient, and for what is not there", async () => {
    const patient = await registerPatient(api);
    expect((await open(patient, await api.as("lab_technician"))).status).toBe(403);
    expect((await open(patient, await api.as("doctor"))).body.code).toBe("wrong-transition");
    expect((await open({ ...patient, id: newId() })).status).toBe(404);
    expect((await open(patient, await api.as("otherDoctor"))).status).toBe(404);
    expect((await open(patient, api.anonymous)).status).toBe(401);
  });

  it("asks for a fresh proof of who one is", async () => {
    const patient = await registerPatient(api);
    await api.owner.query("UPDATE session SET authenticated_at = now() - interval '6 minutes'");
    api.platform.sessions.forget(api.home.id);
    expect((await open(patient)).body.code).toBe("reauthentication-required");
    await api.owner.query("UPDATE session SET authenticated_at = now()");
    api.platform.sessions.forget(api.home.id);
    expect((await open(patient)).status).toBe(201);
  });
});

describe("a match elsewhere", () => {
  const find = async (q: string, client = far) => (await client.call("patient.searchElsewhere", { q })).text;

  it("is found by a whole number, or by name and birth date, and by nothing less", async () => {
    const patient = await registerPatient(api, {
      lastName: "Elsewhere",
      dateOfBirth: "1971-05-06",
      phone: "555 010 0142",
    });
    expect(await find(patient.mrn)).toContain(patient.id);
    expect(await find("elsewhere 1971-05-06")).toContain(patient.id);
    for (const q of ["elsewhere", "1971-05-06", patient.mrn.slice(0, 5)])
      expect(await find(q), q).not.toContain(patient.id);
    expect(await find(patient.mrn)).not.toContain("555");
    expect(await find(patient.mrn, await api.as("doctor"))).not.toContain(patient.id);
    expect((await (await api.as("lab_technician")).call("patient.searchElsewhere", { q: patient.mrn })).status).toBe(
      403,
    );
  });
});

describe("the review", () => {
  const list = async () =>
    (await (await api.as("admin")).get("/break-glass/")).body.items as {
      id: string;
      version: number;
      lookups: number;
    }[];

  it("waits with its deadline, shows what was looked at, and is done once", async () => {
    const patient = await registerPatient(api);
    const { body } = await open(patient);
    await see(patient);
    const waiting = (await list()).find(({ id }) => id === body.id);
    expect(waiting).toMatchObject({
      lookups: 1,
      version: 1,
      facilityName: "Site B",
      userName: "Fara Doctor",
      review: null,
    });
    const admin = await api.as("admin");
    const review = (input: object) => admin.put(`/break-glass/${body.id}/review/`, input);
    expect((await review({ version: 9, outcome: "JUSTIFIED" })).body.code).toBe("stale-version");
    expect((await review({ version: 1, outcome: "NOT_JUSTIFIED" })).status).toBe(400);
    const done = await review({ version: 1, outcome: "NOT_JUSTIFIED", comment: "No relation to the patient" });
    expect(done.body).toMatchObject({ version: 2, review: { outcome: "NOT_JUSTIFIED", reviewedByName: "Ada Admin" } });
    expect((await review({ version: 2, outcome: "JUSTIFIED" })).body.code).toBe("wrong-transition");
    expect((await list()).some(({ id }) => id === body.id)).toBe(false);
    const reviewed = (await admin.get("/break-glass/?state=reviewed")).body.items as { id: string }[];
    expect(reviewed.map(({ id }) => id)).toContain(body.id);
  });

  it("is nobody's of one's own, no doctor's, and no other organisation's", async () => {
    const patient = await registerPatient(api);
    const { body } = await open(patient);
    await api.owner.query("UPDATE break_glass SET user_id = $2 WHERE id = $1", [body.id, api.people.admin.id]);
    const input = { version: 1, outcome: "JUSTIFIED" };
    expect((await (await api.as("admin")).put(`/break-glass/${body.id}/review/`, input)).status).toBe(403);
    expect((await (await api.as("doctor")).put(`/break-glass/${body.id}/review/`, input)).status).toBe(403);
    expect((await (await api.as("otherAdmin")).put(`/break-glass/${body.id}/review/`, input)).status).toBe(404);
  });
});
