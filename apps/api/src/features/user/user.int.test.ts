import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { password, seedPerson } from "../../../test/tenants.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const registration = (username: string) => ({
  username,
  password: "a long pass phrase",
  fullName: "Nora Nurse",
  email: "nora@example.org",
});

describe("registering", () => {
  it("makes an account that waits, holds no role and cannot sign in until an admin approves it", async () => {
    const made = await api.anonymous.post("/auth/register/", registration("nora"));
    expect([made.status, made.body.status]).toEqual([201, "PENDING"]);
    expect(
      (await api.anonymous.post("/auth/login/", { username: "nora", password: "a long pass phrase" })).body.code,
    ).toBe("account-inactive");
    const admin = await api.as("admin");
    const { body } = await admin.get(`/users/${made.body.id}/`);
    expect(body).toMatchObject({ status: "PENDING", roles: [] });
    const withoutRole = await admin.put(`/users/${made.body.id}/`, { version: 1, status: "ACTIVE" });
    expect([withoutRole.status, (withoutRole.body.errors as { path: string }[])[0]?.path]).toEqual([400, "roles"]);
    const approved = await admin.put(`/users/${made.body.id}/`, { version: 1, status: "ACTIVE", roles: ["nurse"] });
    expect(approved.body).toMatchObject({ status: "ACTIVE", roles: ["nurse"], version: 2 });
    expect((await api.signIn("nora", "a long pass phrase")).access).toBeTruthy();
  });

  it("lets nobody choose a role, a status or a tenant", async () => {
    for (const extra of [{ roles: ["admin"] }, { role: "admin" }, { status: "ACTIVE" }, { tenantId: api.other.id }]) {
      expect((await api.anonymous.post("/auth/register/", { ...registration("chooser"), ...extra })).status).toBe(400);
    }
  });

  it("refuses a name that is taken, in any tenant and any case, and a weak password", async () => {
    for (const username of ["doctor", "DOCTOR", "other.admin"]) {
      const taken = await api.anonymous.post("/auth/register/", registration(username));
      expect([taken.status, taken.body.code]).toEqual([409, "already-exists"]);
    }
    expect((await api.anonymous.post("/auth/register/", { ...registration("short"), password: "short" })).status).toBe(
      400,
    );
  });
});

describe("asking for accounts", () => {
  it("is refused after twenty from an address in a minute, before any work is done", async () => {
    const ask = () => api.anonymous.post("/auth/register/", { ...registration("doctor"), username: "doctor" });
    const answers = [];
    for (let i = 0; i < 24; i++) answers.push((await ask()).status);
    expect(answers).toContain(429);
    expect(answers.indexOf(429)).toBeLessThanOrEqual(20);
    await api.owner.query("DELETE FROM sign_in_failure");
  });
});

describe("people", () => {
  it("are created, listed, read, changed and deactivated by an admin", async () => {
    const admin = await api.as("admin");
    const made = await admin.post("/users/", { ...registration("lab.two"), roles: ["lab_technician"] });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: "ACTIVE",
      roles: ["lab_technician"],
      facilities: [{ code: "A" }, { code: "B" }],
    });
    const list = await admin.get("/users/?limit=1");
    expect(list.body.items).toHaveLength(1);
    const rest = await admin.get(`/users/?limit=100&cursor=${list.body.nextCursor}`);
    expect(
      (rest.body.items as { id: string }[]).some(({ id }) => id === (list.body.items as { id: string }[])[0]?.id),
    ).toBe(false);
    const client = await api.signIn("lab.two", "a long pass phrase");
    expect((await admin.delete(`/users/${made.body.id}/`)).status).toBe(204);
    expect((await client.get("/auth/me/")).status).toBe(401);
    expect((await admin.get(`/users/${made.body.id}/`)).body.status).toBe("INACTIVE");
  });

  it("lose their sessions when their rights change", async () => {
    const admin = await api.as("admin");
    const made = await admin.post("/users/", { ...registration("mover"), roles: ["nurse"] });
    const client = await api.signIn("mover", "a long pass phrase");
    expect((await admin.put(`/users/${made.body.id}/`, { version: 1, roles: ["doctor"] })).status).toBe(200);
    expect((await client.get("/auth/me/")).status).toBe(401);
  });

  it("hold roles of their own at each facility, which a change elsewhere leaves as they are", async () => {
    const admin = await api.as("admin");
    const { facilityId, secondFacilityId } = api.home;
    const memberships = [
      { facilityId, roles: ["doctor"] },
      { facilityId: secondFacilityId, roles: ["nurse", "lab_technician"] },
    ];
    const made = await admin.post("/users/", { ...registration("two.places"), memberships });
    expect(made.body).toMatchObject({ memberships: [{ roles: ["doctor"] }, { roles: ["nurse", "lab_technician"] }] });
    const path = `/users/${made.body.id}/`;
    await api.owner.query("UPDATE membership SET valid_until = '2099-01-01' WHERE user_id = $1 AND role = 'nurse'", [
      made.body.id,
    ]);
    const client = await api.signIn("two.places", "a long pass phrase");
    const renamed = await admin.put(path, { ...made.body, title: "Consultant", registrationNumber: "D-1" });
    expect(renamed.body).toMatchObject({ memberships, title: "Consultant", registrationNumber: "D-1" });
    expect((await client.get("/auth/me/")).body.roles).toEqual(["doctor"]);
    expect((await client.get("/auth/me/", { "x-facility-id": secondFacilityId })).body.roles).toHaveLength(2);

    const moved = [{ facilityId: secondFacilityId, roles: ["nurse"] }];
    expect((await admin.put(path, { version: 2, memberships: moved })).body.memberships).toEqual(moved);
    expect((await client.get("/auth/me/")).status, "signed out by it").toBe(401);
    const { rows } = await api.owner.query("SELECT valid_until FROM membership WHERE user_id = $1", [made.body.id]);
    expect(rows, "what stays holds as long as before").toEqual([{ valid_until: new Date("2099-01-01") }]);
    for (const [wrong, field] of [
      [{ memberships: [{ facilityId: api.other.facilityId, roles: ["nurse"] }] }, "facilityIds"],
      [{ memberships: [{ facilityId, roles: ["no_such_role"] }] }, "roles"],
      [{ departmentId: api.other.facilityId }, "departmentId"],
    ] as const) {
      const answer = await admin.put(path, { version: 3, ...wrong });
      expect([answer.status, (answer.body.errors as { path: string }[])[0]?.path]).toEqual([400, field]);
    }
  });

  it("are found by a role where it counts: not by one held at a facility out of use", async () => {
    const admin = await api.as("admin");
    const { facilityId, secondFacilityId } = api.home;
    const memberships = [
      { facilityId, roles: ["nurse"] },
      { facilityId: secondFacilityId, roles: ["privacy_officer"] },
    ];
    const { body } = await admin.post("/users/", { ...registration("elsewhere.officer"), memberships });
    const officers = async () => {
      const found = await admin.get("/users/?role=privacy_officer&limit=100");
      return (found.body.items as { id: string }[]).some(({ id }) => id === body.id);
    };
    expect(await officers()).toBe(true);
    await api.owner.query("UPDATE facility SET is_active = false WHERE id = $1", [secondFacilityId]);
    expect(await officers()).toBe(false);
    await api.owner.query("UPDATE facility SET is_active = true WHERE id = $1", [secondFacilityId]);
  });

  it("can be sent back as they were read: what a write does not take has no effect", async () => {
    const admin = await api.as("admin");
    const made = await admin.post("/users/", { ...registration("whole.record"), roles: ["nurse"] });
    const answer = await admin.put(`/users/${made.body.id}/`, {
      ...made.body,
      fullName: "Changed Name",
      username: "other",
      createdAt: "1999-01-01T00:00:00Z",
    });
    expect(answer.body).toMatchObject({
      fullName: "Changed Name",
      username: "whole.record",
      createdAt: made.body.createdAt,
    });
    expect((await admin.put(`/users/${made.body.id}/`, { version: 2, isSuperuser: true })).status).toBe(400);
  });

  it("are not overwritten by a stale version, which shows the present record", async () => {
    const admin = await api.as("admin");
    const made = await admin.post("/users/", { ...registration("stale"), roles: ["nurse"] });
    await admin.put(`/users/${made.body.id}/`, { version: 1, fullName: "Nora First" });
    const stale = await admin.put(`/users/${made.body.id}/`, { version: 1, fullName: "Nora Second" });
    expect([stale.status, stale.body.code, (stale.body.current as { fullName: string }).fullName]).toEqual([
      409,
      "stale-version",
      "Nora First",
    ]);
  });

  it("keep at least one administrator", async () => {
    const admin = await api.as("admin");
    const me = await admin.get(`/users/${api.people.admin.id}/`);
    const answer = await admin.put(`/users/${api.people.admin.id}/`, { version: me.body.version, roles: ["nurse"] });
    expect([answer.status, (answer.body.errors as { message: string }[])[0]?.message]).toEqual([
      400,
      "This is the last active administrator.",
    ]);
  });

  it("get a new password from an admin, which ends their sessions", async () => {
    const client = await api.signIn("billing");
    expect(
      (
        await (
          await api.as("admin")
        ).call("user.resetPassword", { id: api.people.billing_clerk.id, password: "another long password" })
      ).status,
    ).toBe(200);
    expect((await client.get("/auth/me/")).status).toBe(401);
    expect((await api.anonymous.post("/auth/login/", { username: "billing", password })).status).toBe(401);
    expect((await api.signIn("billing", "another long password")).access).toBeTruthy();
  });

  it("can sign in again at once when an admin resets the password of a name that was guessed at", async () => {
    const { id } = await seedPerson(api.owner, api.home, { username: "locked.out", fullName: "L", roles: ["nurse"] });
    for (let i = 0; i < 5; i++)
      await api.anonymous.post("/auth/login/", { username: "locked.out", password: "a wrong guess" });
    const secret = "yet another pass phrase";
    await (await api.as("admin")).call("user.resetPassword", { id, password: secret });
    expect((await api.signIn("locked.out", secret)).access).toBeTruthy();
    await api.owner.query("DELETE FROM sign_in_failure");
  });

  it("of another tenant answer exactly like an unknown id", async () => {
    const admin = await api.as("admin");
    const strip = ({ requestId: _, ...body }: Record<string, unknown>) => body;
    for (const request of [
      (id: string) => admin.get(`/users/${id}/`),
      (id: string) => admin.put(`/users/${id}/`, { version: 1, fullName: "X" }),
      (id: string) => admin.delete(`/users/${id}/`),
    ]) {
      const [foreign, unknown] = [
        await request(api.people.otherAdmin.id),
        await request("0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11"),
      ];
      expect(foreign.status).toBe(404);
      expect(strip(foreign.body)).toEqual(strip(unknown.body));
    }
  });

  it("keep one administrator also where the last two deactivate themselves at the same moment", async () => {
    const second = await seedPerson(api.owner, api.other, {
      username: "second.admin",
      fullName: "Sam Second",
      roles: ["admin"],
    });
    const ids = [api.people.otherAdmin.id, second.id];
    for (let round = 0; round < 5; round++) {
      await api.owner.query("UPDATE user_account SET status = 'ACTIVE' WHERE id = ANY ($1)", [ids]);
      const [one, two] = [await api.signIn("other.admin"), await api.signIn("second.admin")];
      const answers = await Promise.all([one.delete(`/users/${ids[0]}/`), two.delete(`/users/${ids[1]}/`)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 400]);
    }
  });

  it("are nobody's business but an admin's, and the refusal is in the audit log", async () => {
    for (const role of ["doctor", "nurse", "lab_technician"] as const) {
      expect((await (await api.as(role)).get("/users/")).status).toBe(403);
    }
    expect((await api.anonymous.get("/users/")).status).toBe(401);
    const { rows } = await api.owner.query(
      "SELECT username FROM audit_entry WHERE action = 'user.list' AND outcome = 'refused' ORDER BY at",
    );
    expect(rows.map(({ username }) => username)).toEqual(["doctor", "nurse", "lab"]);
  });

  it("never show a password hash", async () => {
    expect((await (await api.as("admin")).get("/users/?limit=100")).text).not.toMatch(/argon2|password/i);
  });
});
