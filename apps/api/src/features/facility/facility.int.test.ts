import { isTimeZone } from "@infirmary/shared/facility";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { seedPerson } from "../../../test/tenants.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const site = (code: string) => ({ code, name: `Site ${code}`, timeZone: "Europe/Berlin" });
const firstFault = (body: Record<string, unknown>) => (body.errors as { path: string }[])[0]?.path;
async function makeSite(code: string): Promise<string> {
  const made = await (await api.as("admin")).post("/facilities/", site(code));
  expect(made.status).toBe(201);
  return String(made.body.id);
}
async function add(facilityId: string, kind: string, code: string, parentId?: string) {
  const body = { kind, code, name: `The ${code}`, ...(parentId ? { parentId } : {}) };
  return (await api.as("admin")).post(`/facilities/${facilityId}/locations/`, body);
}

describe("facilities", () => {
  it("are added, listed with what is in them, renamed, and every change is in the log", async () => {
    const admin = await api.as("admin");
    const id = await makeSite("NORTH");
    const changed = await admin.put(`/facilities/${id}/`, {
      version: 1,
      name: "North Clinic",
      timeZone: "Asia/Kolkata",
      address: "1 Hill Road\nNorthtown",
    });
    expect(changed.body).toMatchObject({ name: "North Clinic", code: "NORTH", timeZone: "Asia/Kolkata", version: 2 });
    expect((await add(id, "WARD", "W1")).status).toBe(201);
    const listed = (await admin.get("/facilities/")).body.items as { id: string }[];
    expect(listed.find((item) => item.id === id)).toMatchObject({ wards: 1, rooms: 0, people: 0, isActive: true });
    const { rows } = await api.owner.query(
      "SELECT action, before, after FROM audit_entry WHERE entity_id = $1 ORDER BY id",
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual(["facility.create", "facility.update"]);
    expect(rows[1]).toMatchObject({ before: { timeZone: "Europe/Berlin" }, after: { timeZone: "Asia/Kolkata" } });
  });

  it.each([
    ["an offset", { timeZone: "+01:00" }, "timeZone"],
    ["a zone that is none", { timeZone: "Europe/Atlantis" }, "timeZone"],
    ["a zone in the wrong case", { timeZone: "EUROPE/BERLIN" }, "timeZone"],
    ["a code with a separator", { code: "A|B" }, "code"],
    ["no name", { name: " " }, "name"],
  ])("are refused with %s", async (_, part, path) => {
    const answer = await (await api.as("admin")).post("/facilities/", { ...site("BAD"), ...part });
    expect([answer.status, firstFault(answer.body)]).toEqual([400, path]);
  });

  it("have a code of their own, and a stale change is answered with what is there now", async () => {
    const admin = await api.as("admin");
    const id = await makeSite("EAST");
    const taken = await admin.post("/facilities/", site("EAST"));
    expect([taken.status, taken.body.code, firstFault(taken.body)]).toEqual([409, "already-exists", "code"]);
    expect((await admin.put(`/facilities/${id}/`, { version: 1, name: "One" })).status).toBe(200);
    const stale = await admin.put(`/facilities/${id}/`, { version: 1, name: "Two" });
    expect([stale.status, stale.body.code, stale.body.current]).toMatchObject([409, "stale-version", { name: "One" }]);
  });

  it("out of use take their people's roles away at once and give them back as they were", async () => {
    const admin = await api.as("admin");
    const place = { ...api.home, facilityId: api.home.secondFacilityId };
    const person = await seedPerson(api.owner, place, { username: "second", fullName: "Sue Second", roles: ["nurse"] });
    const nurse = await api.signIn("second");
    expect((await nurse.get("/patients/")).status).toBe(200);
    const path = `/facilities/${place.facilityId}/`;
    expect((await admin.put(path, { version: 1, isActive: false })).body).toMatchObject({ isActive: false });
    expect((await nurse.get("/patients/")).status).toBeGreaterThanOrEqual(401);
    expect((await admin.get(`/users/${person.id}/`)).body).toMatchObject({ roles: [], facilities: [] });
    const named = await admin.put(`/users/${person.id}/`, { version: 1, fullName: "Sue Two" });
    expect(named.status).toBeLessThan(500);
    expect((await admin.put(path, { version: 2, isActive: true })).status).toBe(200);
    expect((await admin.get(`/users/${person.id}/`)).body).toMatchObject({ roles: ["nurse"] });
    expect((await (await api.signIn("second")).get("/patients/")).status).toBe(200);
  });

  it("cannot go out of use while one works there", async () => {
    const answer = await (await api.as("admin")).put(`/facilities/${api.home.facilityId}/`, {
      version: 1,
      isActive: false,
    });
    expect([answer.status, answer.body.code]).toEqual([409, "wrong-transition"]);
  });

  it("cannot go out of use where nobody would be left who manages people", async () => {
    const id = await makeSite("LONE");
    const role = await (await api.as("admin")).post("/roles/", { name: "Builder", permissions: ["facility.manage"] });
    const place = { ...api.home, facilityId: id };
    await seedPerson(api.owner, place, { username: "builder", fullName: "Bo Builder", roles: [] });
    await api.owner.query(
      "INSERT INTO membership (tenant_id, user_id, facility_id, role) SELECT tenant_id, id, $1, $2 FROM user_account WHERE username = 'builder'",
      [id, role.body.code],
    );
    const builder = await api.signIn("builder");
    const { version } = (await builder.get(`/facilities/${api.home.facilityId}/`)).body;
    const answer = await builder.put(`/facilities/${api.home.facilityId}/`, { version, isActive: false });
    expect([answer.status, answer.body.code]).toEqual([409, "wrong-transition"]);
    expect((await builder.get(`/facilities/${api.home.facilityId}/`)).body).toMatchObject({ isActive: true, version });
  });
});

describe("departments, wards and rooms", () => {
  it("stand in each other in that order, are renamed, moved, and taken out of use from the inside out", async () => {
    const admin = await api.as("admin");
    const id = await makeSite("WEST");
    const department = (await add(id, "DEPARTMENT", "MED")).body;
    const ward = (await add(id, "WARD", "W1", String(department.id))).body;
    const room = (await add(id, "ROOM", "101", String(ward.id))).body;
    expect(room).toMatchObject({ kind: "ROOM", parentId: ward.id, version: 1, isActive: true });
    const put = (record: Record<string, unknown>, body: object) => admin.put(`/locations/${record.id}/`, body);
    const moved = await put(room, { version: 1, name: "Room 101", parentId: department.id });
    expect(moved.body).toMatchObject({ name: "Room 101", parentId: department.id, version: 2 });
    const full = await put(department, { version: 1, isActive: false });
    expect([full.status, full.body.code]).toEqual([409, "wrong-transition"]);
    expect((await put(room, { version: 2, isActive: false })).status).toBe(200);
    expect((await put(ward, { version: 1, isActive: false })).status).toBe(200);
    expect((await put(department, { version: 1, isActive: false })).body).toMatchObject({
      isActive: false,
      version: 2,
    });
    const orphan = await put(room, { version: 3, isActive: true });
    expect([orphan.status, firstFault(orphan.body)]).toEqual([400, "parentId"]);
    expect((await put(room, { version: 3, isActive: true, parentId: null })).body).toMatchObject({ parentId: null });
    expect((await put(room, { version: 3, name: "Late" })).body).toMatchObject({
      code: "stale-version",
      current: { version: 4 },
    });
  });

  it("are refused in what cannot hold them, at another facility, and under a code that is taken", async () => {
    const id = await makeSite("SOUTH");
    const elsewhere = await makeSite("FAR");
    const room = String((await add(id, "ROOM", "1")).body.id);
    const department = String((await add(elsewhere, "DEPARTMENT", "D")).body.id);
    expect((await add(id, "WARD", "W", room)).status).toBe(400);
    expect((await add(id, "DEPARTMENT", "D2", department)).status).toBe(400);
    expect((await add(id, "WARD", "W", department)).status).toBe(400);
    const taken = await add(id, "ROOM", "1");
    expect([taken.status, firstFault(taken.body)]).toEqual([409, "code"]);
    expect((await add(id, "WARD", "1")).status).toBe(201);
  });
});

describe("who looks after facilities", () => {
  it("has the permission for it, is signed in, and is of the same organisation", async () => {
    const id = await makeSite("MINE");
    const room = (await add(id, "ROOM", "1")).body;
    for (const role of ["doctor", "nurse", "lab_technician", "billing_clerk", "privacy_officer"] as const)
      expect((await (await api.as(role)).get("/facilities/")).status).toBe(403);
    expect((await api.anonymous.post("/facilities/", site("X"))).status).toBe(401);
    const other = await api.as("otherAdmin");
    expect((await other.get(`/facilities/${id}/`)).status).toBe(404);
    expect((await other.put(`/facilities/${id}/`, { version: 1, name: "Taken" })).status).toBe(404);
    expect((await other.post(`/facilities/${id}/locations/`, { kind: "ROOM", code: "2", name: "2" })).status).toBe(404);
    expect((await other.put(`/locations/${room.id}/`, { version: 1, name: "Taken" })).status).toBe(404);
    expect((await other.get("/facilities/")).text).not.toContain(id);
  });
});

it("a time zone is a name of IANA's, every one that this program can reckon with", () => {
  expect(Intl.supportedValuesOf("timeZone").filter((zone) => !isTimeZone(zone))).toEqual([]);
  expect(["UTC", "Asia/Kolkata", "Europe/Kyiv"].every(isTimeZone)).toBe(true);
  expect(["", "utc", "+01:00", "EST", "Europe/berlin", "Europe/Nowhere", "../etc"].some(isTimeZone)).toBe(false);
});
