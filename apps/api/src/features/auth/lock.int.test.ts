import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Authenticator } from "../../../test/authenticator.ts";
import { openBrowser } from "../../../test/browser.ts";
import { appCode, setUpApp } from "../../../test/factor.ts";
import { type Answer, type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { password, seedPerson } from "../../../test/tenants.ts";

let api: Api;
let origin: string;
beforeAll(async () => {
  api = await startApi();
  await api.platform.live.start();
  origin = await api.app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => api.close());
afterEach(() => api.setClock(null));

const codeOf = (answer: Answer) => (answer.body.error as { data: { code: string } } | undefined)?.data.code;
const person = (username: string) =>
  seedPerson(api.owner, api.home, { username, fullName: "Test Person", roles: ["nurse"] });
const minutes = (count: number) => new Date(start + count * 60_000);
let start = 0;
const at = (count: number) => api.setClock(minutes(count));

describe("a screen nobody sits at", () => {
  it("locks after 15 minutes however much its page asks by itself, and shows nothing of a patient from then on", async () => {
    const patient = await registerPatient(api);
    await person("away");
    start = Date.now();
    at(0);
    const browser = await openBrowser(api, "away");
    for (let minute = 0; minute <= 14; minute += 0.5) {
      at(minute);
      expect((await browser.poll("patient.get", { id: patient.id })).status, `minute ${minute}`).toBe(200);
    }
    for (let minute = 15; minute < 20; minute += 0.5) {
      at(minute);
      for (const [procedure, input] of [
        ["patient.get", { id: patient.id }],
        ["patient.search", { q: patient.lastName }],
        ["notification.list", {}],
        ["auth.sessions", {}],
      ] as const) {
        const answer = await browser.act(procedure, input);
        expect([codeOf(answer), answer.status], `${procedure} at minute ${minute}`).toEqual(["session-locked", 423]);
        expect(answer.text).not.toContain(patient.lastName);
      }
    }
    const me = await browser.poll("auth.me");
    expect(me.body.result).toMatchObject({ data: { username: "away", isLocked: true } });
  });

  it("stays open for twelve hours of work, and no longer", async () => {
    await person("worker");
    start = Date.now();
    at(0);
    const browser = await openBrowser(api, "worker");
    for (let minute = 0; minute < 720; minute += 14) {
      at(minute);
      expect((await browser.act("notification.list")).status, `minute ${minute}`).toBe(200);
    }
    at(721);
    expect(codeOf(await browser.act("notification.list"))).toBe("token-invalid");
  });

  it("is the organisation's to time, from the next request on", async () => {
    await person("hasty");
    const admin = await api.as("admin");
    const policy = (await admin.call("policy.get")).body.result as { data: { version: number } };
    for (const idleLockMinutes of [0, 61, 1.5, "x"])
      expect(codeOf(await admin.call("policy.update", { ...policy.data, idleLockMinutes }))).toBe("validation-failed");
    expect((await admin.call("policy.update", { ...policy.data, idleLockMinutes: 2 })).status).toBe(200);
    start = Date.now();
    at(0);
    const browser = await openBrowser(api, "hasty");
    at(3);
    expect(codeOf(await browser.act("notification.list"))).toBe("session-locked");
    api.setClock(null);
    await admin.call("policy.update", { ...policy.data, version: policy.data.version + 1, idleLockMinutes: 15 });
  });

  it("never locks another system's session, which has no screen", async () => {
    await person("machine");
    start = Date.now();
    at(0);
    const client = await api.signIn("machine");
    at(14);
    await api.owner.query("UPDATE session SET last_active_at = now() - interval '1 day'");
    expect((await client.get("/auth/me/")).body.isLocked).toBe(false);
    expect((await client.get("/patients/")).status).toBe(200);
  });
});

describe("a locked screen", () => {
  it("opens with the password or a code of the app, counts wrong ones, and is no fresh proof", async () => {
    await person("locked");
    const { seed } = await setUpApp(await api.signIn("locked"));
    await api.owner.query("UPDATE totp_factor SET confirmed_at = NULL");
    const browser = await openBrowser(api, "locked");
    await api.owner.query("UPDATE totp_factor SET confirmed_at = now(), last_step = 0");
    expect((await browser.act("auth.lock")).status).toBe(200);
    expect(codeOf(await browser.act("notification.list"))).toBe("session-locked");
    expect(codeOf(await browser.act("auth.unlock", { password: "wrong" }))).toBe("validation-failed");
    expect(codeOf(await browser.act("auth.unlock", { code: "000000" }))).toBe("validation-failed");
    expect(codeOf(await browser.act("notification.list"))).toBe("session-locked");
    expect((await browser.act("auth.unlock", { code: appCode(seed) })).status).toBe(200);
    expect((await browser.act("notification.list")).status).toBe(200);
    await browser.act("auth.lock");
    await api.owner.query("UPDATE session SET authenticated_at = 'epoch'");
    expect((await browser.act("auth.unlock", { password })).status).toBe(200);
    expect(codeOf(await browser.act("factor.renewRecoveryCodes"))).toBe("reauthentication-required");
    const { rows } = await api.owner.query(
      "SELECT count(*)::int AS failed FROM audit_entry WHERE action = 'auth.unlock' AND outcome = 'failed'",
    );
    expect(rows).toEqual([{ failed: 2 }]);
    await api.owner.query("DELETE FROM sign_in_failure");
  });

  it("opens with a passkey, and says while locked which ways there are", async () => {
    await person("keyholder");
    const browser = await openBrowser(api, "keyholder");
    const key = new Authenticator("http://localhost:3000");
    const dataOf = <T>(answer: Answer) => (answer.body.result as { data: T }).data;
    const making = await browser.act("factor.passkeyOptions");
    const response = key.create(dataOf<{ challenge: string; user: { id: string } }>(making));
    expect((await browser.act("factor.addPasskey", { name: "Laptop", response })).status).toBe(200);
    await browser.act("auth.lock");
    expect(dataOf<{ passkeys: unknown[] }>(await browser.poll("factor.mine")).passkeys).toHaveLength(1);
    const asking = await browser.act("factor.proofOptions");
    const passkey = key.get(dataOf<{ challenge: string }>(asking));
    expect((await browser.act("auth.unlock", { passkey })).status).toBe(200);
    expect((await browser.act("notification.list")).status).toBe(200);
  });

  it("can be left by signing out, and says when it will lock to who asks", async () => {
    await person("leaving");
    const browser = await openBrowser(api, "leaving");
    const open = await browser.poll("auth.lockState");
    expect(open.body.result).toMatchObject({ data: { isLocked: false, locksAt: expect.any(String) } });
    await browser.act("auth.lock");
    expect((await browser.poll("auth.lockState")).body.result).toMatchObject({ data: { isLocked: true } });
    expect((await browser.act("auth.logout")).status).toBe(200);
    expect(codeOf(await browser.act("auth.me"))).toBe("token-invalid");
  });

  it("hears no more events: the stream ends when it locks, and when the session is over", async () => {
    await person("listener");
    for (const change of [
      "last_active_at = now() - interval '14 minutes 59.5 seconds'",
      "expires_at = now() + interval '500 milliseconds'",
    ]) {
      const browser = await openBrowser(api, "listener");
      await api.owner.query(`UPDATE session SET ${change} WHERE id = $1`, [browser.sessionId]);
      api.platform.sessions.forget(api.home.id);
      const response = await fetch(`${origin}/trpc/live.events`, {
        headers: { cookie: `infirmary.session=${browser.cookie}`, accept: "text/event-stream" },
        signal: AbortSignal.timeout(8_000),
      });
      expect(response.status).toBe(200);
      let text = "";
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
      expect(text).toContain("event: return");
    }
  });
});
