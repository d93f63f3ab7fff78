import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../../../test/lab.ts";
import { password, seedPerson } from "../../../test/tenants.ts";
import type { ProcedureMeta } from "../../core/trpc.ts";
import { appRouter } from "../../router.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
afterEach(() => api.setClock(null));

/** Signed in six minutes ago, by the database's clock and by this process's. */
const stale = async (username: string) => {
  const client = await api.signIn(username);
  await api.owner.query("UPDATE session SET authenticated_at = now() - interval '6 minutes'");
  api.platform.sessions.forget(api.home.id);
  return client;
};
const person = (username: string) =>
  seedPerson(api.owner, api.home, { username, fullName: "Test Person", roles: ["nurse"] });

describe("a sensitive step", () => {
  it("is refused when the last proof is older than five minutes, goes on after a new one, and changes nothing before", async () => {
    const target = await person("target.one");
    const admin = await stale("admin");
    const refused = await admin.call("user.resetPassword", { id: target.id, password: "another long pass phrase" });
    expect(refused.status).toBe(401);
    expect(refused.text).toContain("reauthentication-required");
    expect((await api.signIn("target.one")).access).toBeTruthy();
    expect((await admin.post("/auth/reauthenticate/", { password })).status).toBe(200);
    const done = await admin.call("user.resetPassword", { id: target.id, password: "another long pass phrase" });
    expect(done.status).toBe(200);
  });

  it("says over REST in the words of RFC 9470 what is missing", async () => {
    const admin = await stale("admin");
    const answer = await admin.get("/audit/export/?action=patient.read");
    expect(answer.body.code).toBe("reauthentication-required");
    expect(answer.headers["www-authenticate"]).toBe('Bearer error="insufficient_user_authentication", max_age="300"');
    expect((await admin.get("/audit/")).status).toBe(200);
  });

  it("is a change of rights, not of a name", async () => {
    const target = await person("target.two");
    const admin = await stale("admin");
    const path = `/users/${target.id}/`;
    expect((await admin.put(path, { version: 1, fullName: "Other Name", roles: ["nurse"] })).status).toBe(200);
    for (const rights of [
      { roles: ["nurse", "doctor"] },
      { status: "INACTIVE" },
      { facilityIds: [api.home.secondFacilityId] },
    ]) {
      expect((await admin.put(path, { version: 2, ...rights })).body.code).toBe("reauthentication-required");
    }
    expect((await admin.delete(path)).body.code).toBe("reauthentication-required");
  });

  it("is not the review of a result: that is done all day, under a session that locks when nobody is there", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    await upload(api, order.id, oruOf(patient, order, [{}]));
    const doctor = await stale("doctor");
    expect((await doctor.put(`/lab-orders/${order.id}/status/`, { status: "REVIEWED" })).status).toBe(200);
  });

  it("is seen by a process that read the session before the proof was given elsewhere", async () => {
    const target = await person("target.three");
    const admin = await stale("admin");
    await admin.get("/auth/me/");
    await api.owner.query("UPDATE session SET authenticated_at = now()");
    expect((await admin.call("user.endSessions", { id: target.id })).status).toBe(200);
  });

  it("counts wrong passwords like sign-ins, audits them, and helps only the session that proved", async () => {
    await person("prover");
    const [one, two] = [await api.signIn("prover"), await api.signIn("prover")];
    for (let i = 0; i < 5; i++)
      expect((await one.post("/auth/reauthenticate/", { password: "wrong" })).body.code).toBe("validation-failed");
    expect((await one.post("/auth/reauthenticate/", { password })).body.code).toBe("too-many-attempts");
    await api.owner.query("DELETE FROM sign_in_failure");
    const { rows } = await api.owner.query(
      "SELECT count(*)::int AS failed FROM audit_entry WHERE action = 'auth.reauthenticate' AND outcome = 'failed'",
    );
    expect(rows).toEqual([{ failed: 5 }]);
    await api.owner.query("UPDATE session SET authenticated_at = 'epoch'");
    await one.post("/auth/reauthenticate/", { password });
    const { rows: proved } = await api.owner.query(
      "SELECT count(*)::int AS proved FROM session s JOIN user_account u ON u.id = s.user_id WHERE u.username = 'prover' AND authenticated_at > now() - interval '1 minute'",
    );
    expect(proved).toEqual([{ proved: 1 }]);
    expect((await two.get("/auth/me/")).status).toBe(200);
  });

  it("is declared where docs/access.md says so", () => {
    const section = readFileSync(new URL("../../../../../docs/access.md", import.meta.url), "utf8")
      .split("## A recent proof")[1]
      ?.split("\n## ")[0];
    const declared = /declare it:([^.]*(?:\.\w[^.]*)*)\. Those/s.exec(section ?? "")?.[1] ?? "";
    const named = [...declared.matchAll(/`([\w.]+)`/g)].map((match) => match[1]);
    const procedures = Object.entries(
      appRouter._def.procedures as unknown as Record<string, { _def: { meta?: ProcedureMeta } }>,
    );
    expect(named.sort()).toEqual(
      procedures
        .filter(([, { _def }]) => _def.meta?.stepUp)
        .map(([name]) => name)
        .sort(),
    );
  });
});
