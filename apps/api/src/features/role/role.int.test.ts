import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { seedPerson } from "../../../test/tenants.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

type Role = { code: string; version: number; permissions: string[]; isChanged: boolean; people: number };
const roles = async () => (await (await api.as("admin")).get("/roles/")).body.items as Role[];
const change = async (code: string, body: object) => (await api.as("admin")).put(`/roles/${code}/`, body);

describe("roles", () => {
  it("of a tenant's own are made of the catalogue's permissions and can be given to people", async () => {
    const admin = await api.as("admin");
    const made = await admin.post("/roles/", { name: "Ward clerk", permissions: ["patient.read"] });
    expect([made.status, made.body.code]).toEqual([201, "ward_clerk"]);
    const person = await seedPerson(api.owner, api.home, {
      username: "clerk",
      fullName: "Cleo Clerk",
      roles: ["nurse"],
    });
    const { version } = (await admin.get(`/users/${person.id}/`)).body;
    const given = await admin.put(`/users/${person.id}/`, { version, roles: ["ward_clerk"] });
    expect(given.body).toMatchObject({ roles: ["ward_clerk"], roleNames: ["Ward clerk"] });
    const clerk = await api.signIn("clerk");
    expect((await clerk.get("/patients/")).status).toBe(200);
    expect((await clerk.get("/lab-orders/")).status).toBe(403);
    const own = (await roles()).find(({ code }) => code === "ward_clerk");
    expect(own).toMatchObject({ people: 1, version: 1 });
    expect((await change("ward_clerk", { version: 1, permissions: ["patient.read", "order.read"] })).status).toBe(200);
    expect((await clerk.get("/lab-orders/")).status).toBe(200);
    expect((await change("ward_clerk", { version: 2, isActive: false })).body.code).toBe("wrong-transition");
  });

  it("that are built in can be changed, hold at once in open sessions, and go back to how they came", async () => {
    const nurse = await api.as("nurse");
    expect((await nurse.get("/lab-orders/")).status).toBe(200);
    const changed = await change("nurse", { version: 0, permissions: ["patient.read", "patient.write"] });
    expect(changed.body).toMatchObject({ isChanged: true, version: 1 });
    const refused = await nurse.get("/lab-orders/");
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain("Ask Ada Admin");
    expect((await change("nurse", { version: 1, isActive: false })).body).toMatchObject({ isChanged: false });
    expect((await nurse.get("/lab-orders/")).status).toBe(200);
  });

  it("always leave somebody who can undo a change", async () => {
    const answer = await change("admin", { version: 0, permissions: ["patient.read"] });
    expect([answer.status, answer.body.code]).toEqual([400, "validation-failed"]);
    expect((await (await api.as("admin")).get("/roles/")).status).toBe(200);
  });

  it("leave somebody also where one change takes the role and another the last person at the same moment", async () => {
    const admin = await api.as("admin");
    const keeper = await admin.post("/roles/", { name: "Keeper", permissions: ["user.manage", "role.manage"] });
    expect(keeper.status).toBe(201);
    const { body } = await admin.post("/users/", {
      username: "the.keeper",
      password: "a long pass phrase",
      fullName: "Kim Keeper",
      email: "kim@example.org",
      roles: ["keeper"],
    });
    const own = await admin.get(`/users/${api.people.admin.id}/`);
    const answers = await Promise.all([
      admin.put("/roles/keeper/", { version: 1, permissions: ["patient.read"] }),
      admin.put(`/users/${api.people.admin.id}/`, { version: own.body.version, roles: ["nurse"] }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(body.id).toBeDefined();
    await api.owner.query("UPDATE membership SET role = 'admin' WHERE user_id = $1", [api.people.admin.id]);
    api.platform.sessions.forget(api.home.id);
  });

  it.each([
    ["a permission that is none", { name: "X role", permissions: ["patient.raed"] }, 400],
    ["no permission", { name: "X role", permissions: [] }, 400],
    ["a name there is", { name: "Nurse", permissions: ["patient.read"] }, 409],
    ["a field that is not its own", { name: "X role", permissions: ["patient.read"], code: "admin" }, 400],
  ])("are refused with %s", async (_, body, status) => {
    expect((await (await api.as("admin")).post("/roles/", body)).status).toBe(status);
  });

  it("are nobody's business but the administrators' of the same organisation, and stale changes are refused", async () => {
    expect((await (await api.as("doctor")).get("/roles/")).status).toBe(403);
    expect((await api.anonymous.get("/roles/")).status).toBe(401);
    expect((await (await api.as("otherAdmin")).put("/roles/ward_clerk/", { version: 1, name: "Mine" })).status).toBe(
      404,
    );
    expect((await change("doctor", { version: 7, name: "Physician" })).body.code).toBe("stale-version");
  });

  it("and their codes are compared exactly: 500 variants give nothing", async () => {
    const admin = await api.as("admin");
    const person = await seedPerson(api.owner, api.home, { username: "variant", fullName: "Vera", roles: ["nurse"] });
    const { version } = (await admin.get(`/users/${person.id}/`)).body;
    const twists = [
      (c: string) => c.toUpperCase(),
      (c: string) => ` ${c}`,
      (c: string) => `${c}\n`,
      (c: string) => c.replace("_", "-"),
      (c: string) => `${c}\u0000`,
      (c: string) => c.replace(/a/g, "\u0430"),
      (c: string) => `${c}*`,
      (c: string) => `${c}.read`,
      (c: string) => c.replace(/i/g, "\u0131"),
      (c: string) => `${c}\u200b`,
    ];
    const codes = ["admin", "doctor", "nurse", "lab_technician", "privacy_officer"];
    const variants = codes.flatMap((code) =>
      twists.flatMap((twist) =>
        Array.from({ length: 10 }, (_, n) => twist(n % 2 ? code : code.slice(0, -1)) + "\u00a0".repeat(n >> 1)),
      ),
    );
    const known = new Set<string>(codes);
    const accepted: string[] = [];
    for (const variant of variants.filter((code) => !known.has(code))) {
      const { status } = await admin.put(`/users/${person.id}/`, { version, roles: [variant] });
      if (status < 400) accepted.push(variant);
    }
    expect(variants).toHaveLength(500);
    expect(accepted).toEqual([]);
  }, 60_000);
});

describe("why was I refused", () => {
  it("says which rule of the policy decided, for a person, a step and a record", async () => {
    const admin = await api.as("admin");
    const ask = async (input: object) =>
      ((await admin.call("role.explain", input)).body as { result: { data: Record<string, unknown> } }).result.data;
    const billing = { userId: api.people.billing_clerk.id, procedure: "patient.get" };
    expect(await ask(billing)).toMatchObject({ allowed: false, permission: "patient.read" });
    const patient = await registerPatient(api);
    const doctor = { userId: api.people.doctor.id, procedure: "patient.get", recordId: patient.id };
    expect(await ask(doctor)).toMatchObject({ allowed: true });
    await api.owner.query("UPDATE patient SET facility_ids = ARRAY[$2::uuid] WHERE id = $1", [
      patient.id,
      api.home.secondFacilityId,
    ]);
    const refused = await ask(doctor);
    expect(refused).toMatchObject({ allowed: false, record: { isInCareTeam: false } });
    expect(refused.answer).toContain("the patient belongs to other facilities");
  });
});
