import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { seedPerson } from "../../../test/tenants.ts";
import { newId } from "../../core/id.ts";

let api: Api;
let room: string;
beforeAll(async () => {
  api = await startApi();
  room = newId();
  await api.owner.query(
    "INSERT INTO location (tenant_id, id, facility_id, kind, code, name) VALUES ($1, $2, $3, 'ROOM', 'R1', 'Room 1')",
    [api.home.id, room, api.home.facilityId],
  );
});
afterAll(() => api.close());

let hour = 0;
/** A time nobody else in these tests uses. */
const nextTime = () => {
  const start = Date.parse("2027-03-01T08:00:00Z") + hour++ * 3_600_000;
  return { start: new Date(start).toISOString(), end: new Date(start + 20 * 60_000).toISOString() };
};
const body = async (changes: Record<string, unknown> = {}) => ({
  patientId: (await registerPatient(api)).id,
  providerId: api.people.doctor.id,
  facilityId: api.home.facilityId,
  visitType: "Follow-up",
  ...nextTime(),
  ...changes,
});
const post = async (path: string, input: object, role: Parameters<Api["as"]>[0] = "nurse") =>
  (await api.as(role)).post(path, input);
const booked = async (changes: Record<string, unknown> = {}) => {
  const answer = await post("/appointments/", await body(changes));
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body as { id: string; start: string; end: string; patientId: string };
};

describe("booking", () => {
  it("keeps a time of a doctor for a patient", async () => {
    const input = await body({ roomId: room });
    const answer = await post("/appointments/", input);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      ...input,
      status: "BOOKED",
      providerName: "Dora Doctor",
      roomName: "Room 1",
      version: 1,
    });
  });

  it("gives one of fifty who ask for the same time at once the time, and tells the others it is taken", async () => {
    const input = await body();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post("/appointments/", input)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ status, body: { code } }) => `${status} ${code}`))).toEqual(
      new Set(["409 slot-taken"]),
    );
    const { rows } = await api.owner.query("SELECT count(*)::int AS count FROM appointment WHERE starts_at = $1", [
      input.start,
    ]);
    expect(rows[0]).toEqual({ count: 1 });
  });

  it("refuses what overlaps, takes what touches, and keeps a room from two doctors", async () => {
    const second = await seedPerson(api.owner, api.home, {
      username: `d${newId().slice(-8)}`,
      fullName: "Second",
      roles: ["doctor"],
    });
    const first = await booked({ roomId: room });
    const shifted = (from: number, to: number) => ({
      start: new Date(Date.parse(first.start) + from * 60_000).toISOString(),
      end: new Date(Date.parse(first.start) + to * 60_000).toISOString(),
    });
    for (const times of [shifted(-10, 10), shifted(5, 10), shifted(-10, 40), shifted(0, 20)])
      expect((await post("/appointments/", await body(times))).body.code).toBe("slot-taken");
    expect((await post("/appointments/", await body(shifted(20, 40)))).status).toBe(201);
    const sameRoom = await post(
      "/appointments/",
      await body({ ...shifted(0, 20), providerId: second.id, roomId: room }),
    );
    expect([sameRoom.body.code, sameRoom.body.detail]).toEqual(["slot-taken", "The room is taken at this time."]);
    expect((await post("/appointments/", await body({ ...shifted(0, 20), providerId: second.id }))).status).toBe(201);
  });

  it("marks who is no doctor, what is no room, an end before the start, another facility and unknown fields", async () => {
    const path = async (changes: object) =>
      ((await post("/appointments/", { ...(await body()), ...changes })).body.errors as { path: string }[])?.[0]?.path;
    expect(await path({ providerId: api.people.nurse.id })).toBe("providerId");
    expect(await path({ roomId: newId() })).toBe("roomId");
    expect(await path({ end: "2027-01-01T00:00:00Z" })).toBe("end");
    expect(await path({ facilityId: api.home.secondFacilityId })).toBe("facilityId");
    expect(await path({ status: "CHECKED_IN" })).toBe("status");
    expect((await post("/appointments/", await body({ patientId: newId() }))).status).toBe(404);
  });

  it("is for the people of the clinic, and of this organisation", async () => {
    const input = await body();
    for (const role of ["lab_technician", "billing_clerk"] as const)
      expect((await post("/appointments/", input, role)).status, role).toBe(403);
    expect((await api.anonymous.post("/appointments/", input)).status).toBe(401);
    const { id } = await booked();
    const other = await api.as("otherDoctor");
    for (const path of ["cancel", "check-in", "no-show"])
      expect((await other.post(`/appointments/${id}/${path}/`, path === "cancel" ? { reason: "x" } : {})).status).toBe(
        404,
      );
    expect((await other.get("/appointments/")).body.items).toEqual([]);
  });
});

describe("the life of an appointment", () => {
  it("becomes a visit by the check-in, both or none", async () => {
    const { id, patientId } = await booked();
    const answer = await post(`/appointments/${id}/check-in/`, { reason: "Cough" });
    expect(answer.body).toMatchObject({ status: "CHECKED_IN" });
    const visit = await (await api.as("doctor")).get(`/encounters/${answer.body.encounterId}/`);
    expect(visit.body).toMatchObject({
      status: "ARRIVED",
      patientId,
      reason: "Cough",
      providerId: api.people.doctor.id,
    });
    const again = await Promise.all(Array.from({ length: 4 }, () => post(`/appointments/${id}/check-in/`, {})));
    expect(again.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
    const { rows } = await api.owner.query("SELECT count(*)::int AS count FROM encounter WHERE patient_id = $1", [
      patientId,
    ]);
    expect(rows[0]).toEqual({ count: 1 });
  });

  it("frees the time when it is cancelled, with a reason that stands sealed", async () => {
    const first = await booked();
    expect((await post(`/appointments/${first.id}/cancel/`, {})).status).toBe(400);
    const cancelled = await post(`/appointments/${first.id}/cancel/`, { reason: "Quentin called it off" });
    expect(cancelled.body).toMatchObject({ status: "CANCELLED", cancelReason: "Quentin called it off" });
    const { rows } = await api.owner.query("SELECT to_jsonb(a)::text AS row FROM appointment a WHERE id = $1", [
      first.id,
    ]);
    expect(rows[0].row).not.toContain("Quentin");
    expect((await post("/appointments/", await body({ start: first.start, end: first.end }))).status).toBe(201);
    expect((await post(`/appointments/${first.id}/check-in/`, {})).body.code).toBe("wrong-transition");
  });

  it("moves to a free time and not to a taken one, and refuses a stale version", async () => {
    const [first, second] = [await booked(), await booked()];
    const taken = await post(`/appointments/${first.id}/reschedule/`, { start: second.start, end: second.end });
    expect([taken.status, taken.body.code]).toEqual([409, "slot-taken"]);
    const free = nextTime();
    const moved = await post(`/appointments/${first.id}/reschedule/`, { ...free, version: 1 });
    expect(moved.body).toMatchObject({ ...free, version: 2 });
    expect((await post(`/appointments/${first.id}/reschedule/`, { ...nextTime(), version: 1 })).body.code).toBe(
      "stale-version",
    );
    const nurse = await api.as("nurse");
    expect(
      (await nurse.put(`/appointments/${first.id}/`, { visitType: "New patient", version: 2 })).body,
    ).toMatchObject({
      visitType: "New patient",
      version: 3,
    });
  });

  it("is a no-show only once its time has begun; whoever comes late after all is checked in", async () => {
    const early = await booked();
    expect((await post(`/appointments/${early.id}/no-show/`, {})).body.code).toBe("wrong-transition");
    const past = await booked({ start: "2026-01-05T10:00:00Z", end: "2026-01-05T10:20:00Z" });
    expect((await post(`/appointments/${past.id}/no-show/`, {})).body.status).toBe("NO_SHOW");
    expect((await post(`/appointments/${past.id}/check-in/`, {})).body.status).toBe("CHECKED_IN");
  });
});

describe("free times", () => {
  it("come from weekly hours by the facility's clock, less what is booked and away", async () => {
    const provider = await seedPerson(api.owner, api.home, {
      username: `p${newId().slice(-8)}`,
      fullName: "Free",
      roles: ["doctor"],
    });
    const admin = await api.as("admin");
    const hours = {
      providerId: provider.id,
      visitType: "Follow-up",
      weekday: 1,
      startMinute: 540,
      endMinute: 600,
      slotMinutes: 20,
      validFrom: "2027-01-01",
    };
    expect((await (await api.as("nurse")).call("appointment.addAvailability", hours)).status).toBe(403);
    expect((await admin.call("appointment.addAvailability", hours)).status).toBe(200);
    const slots = async () => {
      const { body: found } = await (await api.as("nurse")).get(
        `/slots/?providerId=${provider.id}&from=2027-03-08T00:00:00Z&to=2027-03-16T00:00:00Z`,
      );
      return (found.items as { start: string }[]).map(({ start }) => start.slice(5, 16));
    };
    // The clock goes forward on 14-Mar-2027: nine in the morning is 14:00 UTC before and 13:00 after.
    expect(await slots()).toEqual([
      "03-08T14:00",
      "03-08T14:20",
      "03-08T14:40",
      "03-15T13:00",
      "03-15T13:20",
      "03-15T13:40",
    ]);
    await booked({ providerId: provider.id, start: "2027-03-08T14:20:00Z", end: "2027-03-08T14:40:00Z" });
    await admin.call("appointment.addAbsence", {
      providerId: provider.id,
      start: "2027-03-15T13:30:00Z",
      end: "2027-03-15T20:00:00Z",
    });
    expect(await slots()).toEqual(["03-08T14:00", "03-08T14:40", "03-15T13:00"]);
  });
});

describe("what is offered", () => {
  let provider: { id: string };
  beforeAll(async () => {
    provider = await seedPerson(api.owner, api.home, {
      username: `o${newId().slice(-8)}`,
      fullName: "Offered",
      roles: ["doctor"],
    });
    await openHours(provider.id, api.home.facilityId);
  });
  /** Whole days of quarters of an hour, every day of the week. */
  const openHours = (providerId: string, facilityId: string, roomId: string | null = null) =>
    api.owner.query(
      `INSERT INTO availability (tenant_id, id, facility_id, provider_id, room_id, visit_type, weekday, start_minute, end_minute, slot_minutes, valid_from)
       SELECT $1, uuidv7(), $2, $3, $4, 'Follow-up', d, 0, 1440, 15, '2020-01-01' FROM generate_series(1, 7) d`,
      [api.home.id, facilityId, providerId, roomId],
    );
  const slotsOf = async (providerId: string, from: string, to: string) =>
    (await (await api.as("nurse")).get(`/slots/?providerId=${providerId}&from=${from}&to=${to}`)).body.items as {
      start: string;
      facilityId: string;
    }[];

  it("is never past, and never another site's", async () => {
    const elsewhere = await seedPerson(api.owner, api.home, {
      username: `e${newId().slice(-8)}`,
      fullName: "Elsewhere",
      roles: ["doctor"],
    });
    await openHours(elsewhere.id, api.home.secondFacilityId);
    const [from, to] = [new Date(Date.now() - 7_200_000).toISOString(), new Date(Date.now() + 7_200_000).toISOString()];
    const slots = await slotsOf(provider.id, from, to);
    expect(slots.length).toBeGreaterThan(5);
    expect(slots.every(({ start }) => Date.parse(start) >= Date.now() - 60_000)).toBe(true);
    expect(await slotsOf(elsewhere.id, from, to)).toEqual([]);
    expect(await slotsOf(provider.id, "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z")).toEqual([]);
  });

  it("leaves out what the doctor does at another site for a patient nobody here may see, and a room that is taken", async () => {
    const { id: patient } = await registerPatient(api);
    await api.owner.query("UPDATE patient SET facility_ids = ARRAY[$2::uuid] WHERE id = $1", [
      patient,
      api.home.secondFacilityId,
    ]);
    await api.owner.query(
      `INSERT INTO appointment (tenant_id, id, facility_id, patient_id, provider_id, visit_type, starts_at, ends_at, status, booked_by_id)
       VALUES ($1, uuidv7(), $2, $3, $4, 'Follow-up', '2027-06-07T14:00:00Z', '2027-06-07T14:30:00Z', 'BOOKED', $4)`,
      [api.home.id, api.home.secondFacilityId, patient, provider.id],
    );
    const times = async (id: string) =>
      (await slotsOf(id, "2027-06-07T14:00:00Z", "2027-06-07T15:00:00Z")).map(({ start }) => start.slice(11, 16));
    expect(await times(provider.id)).toEqual(["14:30", "14:45"]);
    const inRoom = await seedPerson(api.owner, api.home, {
      username: `r${newId().slice(-8)}`,
      fullName: "In the room",
      roles: ["doctor"],
    });
    await openHours(inRoom.id, api.home.facilityId, room);
    await booked({ roomId: room, start: "2027-06-07T14:15:00Z", end: "2027-06-07T14:30:00Z" });
    expect(await times(inRoom.id)).toEqual(["14:00", "14:30", "14:45"]);
  });

  it("stands in the refusal of a time that is taken: the next free ones, for booking and for moving", async () => {
    const times = { providerId: provider.id, start: "2027-06-08T09:00:00.000Z", end: "2027-06-08T09:15:00.000Z" };
    await booked(times);
    const refused = await post("/appointments/", await body(times));
    expect(refused.body).toMatchObject({
      code: "slot-taken",
      slots: [{ start: "2027-06-08T09:15:00.000Z", providerId: provider.id }, {}, {}, {}, {}],
    });
    const other = await booked({ ...times, start: "2027-06-08T12:00:00Z", end: "2027-06-08T12:15:00Z" });
    const move = await post(`/appointments/${other.id}/reschedule/`, { start: times.start, end: times.end });
    expect(move.body).toMatchObject({
      code: "slot-taken",
      slots: [{ start: "2027-06-08T09:15:00.000Z" }, {}, {}, {}, {}],
    });
  });

  it("counts the days of a calendar by the facility's clock, naming nobody", async () => {
    // Half past eleven in the evening of the 9th in New York is the 10th in Greenwich.
    const late = { providerId: provider.id, start: "2027-06-10T03:30:00Z", end: "2027-06-10T03:45:00Z" };
    await booked(late);
    const { body: found } = await (await api.as("nurse")).get(
      `/appointments/overview/?from=2027-06-09&to=2027-06-10&providerId=${provider.id}`,
    );
    expect(found).toEqual({ items: [{ date: "2027-06-09", booked: 1, checkedIn: 0, noShow: 0, cancelled: 0 }] });
    const bad = await (await api.as("nurse")).get("/appointments/overview/?from=2027-06-09&to=2028-06-09");
    expect(bad.status).toBe(400);
    expect(
      (await (await api.as("lab_technician")).get("/appointments/overview/?from=2027-06-09&to=2027-06-10")).status,
    ).toBe(403);
  });
});

describe("taking a step back", () => {
  const undo = (id: string, version: number, role: Parameters<Api["as"]>[0] = "nurse") =>
    post(`/appointments/${id}/undo/`, { version }, role);

  it("puts a moved, a missed and a cancelled appointment back where it was", async () => {
    const first = await booked();
    const moved = await post(`/appointments/${first.id}/reschedule/`, nextTime());
    expect(moved.status).toBe(200);
    expect((await undo(first.id, 2)).body).toMatchObject({ start: first.start, end: first.end, version: 3 });
    await post(`/appointments/${first.id}/cancel/`, { reason: "By mistake" });
    expect((await undo(first.id, 4)).body).toMatchObject({ status: "BOOKED", cancelReason: null, version: 5 });
    const past = await booked({ start: "2026-01-06T10:00:00Z", end: "2026-01-06T10:20:00Z" });
    await post(`/appointments/${past.id}/no-show/`, {});
    expect((await undo(past.id, 2)).body).toMatchObject({ status: "BOOKED" });
  });

  it("cancels the visit that a check-in made, unless it has gone on", async () => {
    const first = await booked();
    const { encounterId } = (await post(`/appointments/${first.id}/check-in/`, {})).body;
    expect((await undo(first.id, 2)).body).toMatchObject({ status: "BOOKED", encounterId: null });
    const doctor = await api.as("doctor");
    expect((await doctor.get(`/encounters/${encounterId}/`)).body.status).toBe("CANCELLED");
    const again = (await post(`/appointments/${first.id}/check-in/`, {})).body;
    await doctor.post(`/encounters/${again.encounterId}/start-consult/`, {});
    expect((await undo(first.id, 4)).body.code).toBe("wrong-transition");
    expect((await doctor.get(`/encounters/${again.encounterId}/`)).body.status).toBe("IN_CONSULT");
  });

  it("is for the person who took the step, the last step only, within a minute, and takes no time from anybody", async () => {
    const first = await booked();
    expect((await undo(first.id, 1)).body.code).toBe("wrong-transition");
    await post(`/appointments/${first.id}/cancel/`, { reason: "Ill" });
    expect((await undo(first.id, 2, "doctor")).body.code).toBe("wrong-transition");
    expect((await undo(first.id, 1)).body.code).toBe("stale-version");
    expect((await undo(first.id, 2, "otherDoctor")).status).toBe(404);
    expect((await undo(first.id, 2, "lab_technician")).status).toBe(403);
    await api.owner.query(
      "UPDATE appointment SET undo = jsonb_set(undo, '{at}', to_jsonb((now() - interval '2 minutes')::text)) WHERE id = $1",
      [first.id],
    );
    expect((await undo(first.id, 2)).body.code).toBe("wrong-transition");
    const second = await booked();
    await post(`/appointments/${second.id}/cancel/`, { reason: "Ill" });
    await booked({ start: second.start, end: second.end });
    expect((await undo(second.id, 2)).body.code).toBe("slot-taken");
  });
});

describe("the list of appointments", () => {
  it("holds what overlaps a span, of a doctor, room or patient, and audits whom it showed", async () => {
    const first = await booked({ roomId: room });
    const nurse = await api.as("nurse");
    const ids = async (query: string) =>
      ((await nurse.get(`/appointments/?${query}`)).body.items as { id: string }[]).map(({ id }) => id);
    const at = `from=${first.start}&to=${first.end}`;
    expect(await ids(`${at}&providerId=${api.people.doctor.id}`)).toEqual([first.id]);
    expect(await ids(`${at}&roomId=${room}`)).toEqual([first.id]);
    expect(await ids(`patientId=${first.patientId}`)).toEqual([first.id]);
    expect(await ids(`from=${first.end}&to=${new Date(Date.parse(first.end) + 60_000).toISOString()}`)).toEqual([]);
    const { rows } = await api.owner.query(
      "SELECT after FROM audit_entry WHERE action = 'appointment.list' AND patient_id = $1",
      [first.patientId],
    );
    expect(rows[0].after).toEqual({ patientIds: [first.patientId] });
  });
});
