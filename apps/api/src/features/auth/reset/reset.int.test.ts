import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Logger, runOnce } from "graphile-worker";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setUpApp } from "../../../../test/factor.ts";
import { type Api, type Client, startApi } from "../../../../test/harness.ts";
import { password, seedPerson } from "../../../../test/tenants.ts";
import { breachedPasswordsIn } from "../../../core/breached/breached-passwords.ts";
import { writeList } from "../../../core/breached/write-list.ts";
import { mailerOf } from "../../../core/mail.ts";
import { purgeSessions } from "../purge-sessions.ts";
import { sendResetLinks, sendResetTask } from "./index.ts";

let api: Api;
let data: string;
beforeAll(async () => {
  api = await startApi();
  // The queue wants somebody to listen for lost connections.
  api.owner.on("error", () => undefined);
  data = await mkdtemp(join(tmpdir(), "infirmary-mail-"));
});
afterAll(async () => {
  await api.close();
  await rm(data, { recursive: true, force: true });
});
beforeEach(async () => {
  api.setClock(null);
  await api.owner.query("DELETE FROM sign_in_failure");
  await rm(join(data, "mail"), { recursive: true, force: true });
});

const fresh = "four other words here";
const person = (username: string) =>
  seedPerson(api.owner, api.home, { username, fullName: "Test Person", roles: ["nurse"] });
const ask = (login: string) => api.anonymous.post("/auth/password-reset/", { login });
const use = (token: string, secret = fresh) =>
  api.anonymous.post("/auth/password-reset/confirm/", { token, password: secret });

const worker = {
  noHandleSignals: true,
  logger: new Logger(() => () => undefined),
  taskList: {
    [sendResetTask]: (payload: unknown) => sendResetLinks(api.platform, mailerOf({ INFIRMARY_DATA: data }), payload),
  },
};
const waiting = async () =>
  (await api.owner.query("SELECT 1 FROM graphile_worker.jobs WHERE run_at <= now()")).rowCount;

/** Runs what is in the queue, as the worker does, and answers with the mails that went out, oldest first. */
async function mails(): Promise<string[]> {
  while (await waiting()) await runOnce({ pgPool: api.owner, ...worker });
  const folder = join(data, "mail");
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.sort().map((name) => readFile(join(folder, name), "utf8")));
}

const tokenIn = (mail: string | undefined) =>
  /http:\/\/localhost:3000\/reset#([\w-]{64})\r?\n/.exec(mail ?? "")?.[1] ?? "";
async function linkFor(login: string): Promise<string> {
  await ask(login);
  return tokenIn((await mails()).at(-1));
}
const audited = async (id: string) =>
  (
    await api.owner.query(
      "SELECT action, outcome, reason FROM audit_entry WHERE entity = 'user' AND entity_id = $1 AND action LIKE '%reset%' ORDER BY at, id",
      [id],
    )
  ).rows;

describe("a link that sets a new password", () => {
  it("works once: the new password signs in, every session ends, the person is told, all is audited", async () => {
    const { id } = await person("forgetful");
    const before = await api.signIn("forgetful");
    const token = await linkFor("Forgetful");
    expect((await use(token)).status).toBe(204);
    expect((await before.get("/auth/me/")).status).toBe(401);
    await expect(api.signIn("forgetful", password)).rejects.toThrow();
    expect((await (await api.signIn("forgetful", fresh)).get("/auth/me/")).status).toBe(200);
    const again = await use(token, "yet another four words");
    expect([again.status, again.body.code]).toEqual([410, "reset-link-void"]);
    await api.signIn("forgetful", fresh);
    expect(await audited(id)).toEqual([
      { action: "auth.request-reset", outcome: "success", reason: null },
      { action: "auth.reset-password", outcome: "success", reason: null },
      { action: "auth.reset-password", outcome: "refused", reason: "the link is no longer good: used" },
    ]);
    const { rows } = await api.owner.query("SELECT kind FROM notification WHERE user_id = $1", [id]);
    expect(rows).toEqual([{ kind: "password-reset" }]);
  });

  it("is found by e-mail too, is kept as a hash only, and its mail is for the owner of the folder alone", async () => {
    await person("by.mail");
    await api.owner.query("UPDATE user_account SET email = 'By.Mail@Example.org' WHERE username = 'by.mail'");
    const token = await linkFor("by.mail@example.ORG");
    expect(token).not.toBe("");
    const [name = ""] = await readdir(join(data, "mail"));
    expect((await stat(join(data, "mail", name))).mode & 0o777).toBe(0o600);
    const { rows } = await api.owner.query(
      "SELECT 1 FROM password_link WHERE token_hash = sha256(convert_to($1, 'UTF8'))",
      [token],
    );
    expect(rows).toHaveLength(1);
    expect((await api.owner.query("SELECT 1 FROM graphile_worker.jobs")).rowCount).toBe(0);
    expect((await use(token)).status).toBe(204);
  });

  it("leaves the second factor as it is", async () => {
    const { id } = await person("two.factors");
    await setUpApp(await api.signIn("two.factors"));
    expect((await use(await linkFor("two.factors"))).status).toBe(204);
    const answer = await api.anonymous.post("/auth/login/", { username: "two.factors", password: fresh });
    expect([answer.status, answer.body.code]).toEqual([401, "second-factor-required"]);
    const { rows } = await api.owner.query(
      "SELECT 1 FROM totp_factor WHERE user_id = $1 AND confirmed_at IS NOT NULL",
      [id],
    );
    expect(rows).toHaveLength(1);
  });

  it("is void after half an hour, and when a newer one was sent", async () => {
    const { id } = await person("slow");
    const older = await linkFor("slow");
    const newer = await linkFor("slow");
    expect((await use(older)).status).toBe(410);
    api.setClock(new Date(Date.now() + 30 * 60_000 + 1000));
    expect((await use(newer)).status).toBe(410);
    api.setClock(null);
    expect((await use(newer)).status).toBe(204);
    expect((await audited(id)).filter(({ outcome }) => outcome === "refused").map(({ reason }) => reason)).toEqual([
      "the link is no longer good: a newer one was sent",
      "the link is no longer good: expired",
    ]);
  });

  it("used at once from many places sets one password", async () => {
    await person("raced");
    const token = await linkFor("raced");
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => use(token, `the words of try ${i} here`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410, 410, 410, 410, 410]);
  });

  it("stays good after a password that the rules refuse", async () => {
    await person("tester");
    const token = await linkFor("tester");
    for (const bad of ["too short", "passwordpassword", "tester tester tester", "hospitalhospital"])
      expect((await use(token, bad)).status, bad).toBe(400);
    expect((await use(token)).status).toBe(204);
  });

  it("that nobody sent is refused, also for a tenant that does not exist", async () => {
    const { tenantId } = (await api.owner.query<{ tenantId: string }>('SELECT id AS "tenantId" FROM tenant LIMIT 1'))
      .rows[0] ?? { tenantId: "" };
    const made = (tenant: string) =>
      Buffer.concat([Buffer.from(tenant.replaceAll("-", ""), "hex"), Buffer.alloc(32, 7)]).toString("base64url");
    for (const token of ["x", made(tenantId), made("0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a01")])
      expect((await use(token)).body.code, token).toBe("reset-link-void");
  });
});

describe("asking for a link", () => {
  it("answers the same for everybody, and mails to active accounts only", async () => {
    await person("known.one");
    const off = await person("switched.off");
    await api.owner.query("UPDATE user_account SET status = 'INACTIVE' WHERE username = 'switched.off'");
    await person("waiting.one");
    await api.owner.query("UPDATE user_account SET status = 'PENDING' WHERE username = 'waiting.one'");
    const answers = [];
    for (const login of ["known.one", "nobody.at.all", "nobody@example.org", "switched.off", "waiting.one", "100%"])
      answers.push(await ask(login));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['202 {"accepted":true}']));
    const sent = await mails();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain("known.one");
    expect(await audited(off.id)).toEqual([
      { action: "auth.request-reset", outcome: "refused", reason: "the account is not active" },
    ]);
  });

  it("is limited, for names that exist and names that do not; who asks elsewhere keeps nobody from asking", async () => {
    await person("flooded");
    for (const login of ["flooded", "no.such.name"]) {
      for (let i = 0; i < 5; i++) expect((await ask(login)).status).toBe(202);
      const refused = await ask(login.toUpperCase());
      expect([refused.status, Number(refused.headers["retry-after"]) > 3000]).toEqual([429, true]);
      const elsewhere = { "x-forwarded-for": "203.0.113.7" };
      expect((await api.anonymous.post("/auth/password-reset/", { login }, elsewhere)).status).toBe(202);
    }
    await mails();
    await api.signIn("flooded");
  });

  it("takes a name", async () => {
    expect((await ask("")).status).toBe(400);
    expect((await ask("x".repeat(255))).status).toBe(400);
  });
});

describe("an invitation", () => {
  const invite = async (username: string) => {
    const admin = await api.signIn(api.people.admin.username);
    const input = { username, fullName: "Nora New", email: `${username}@example.org`, roles: ["nurse"] };
    const { status, body } = await admin.post("/users/", input);
    return { admin, status, person: body as { id: string; version: number; invitation: unknown } };
  };
  const letterToken = (mail: string | undefined) => /\/invitation#([\w-]{64})\r?\n/.exec(mail ?? "")?.[1] ?? "";
  const shown = async (admin: Client, id: string) =>
    (await admin.get(`/users/${id}/`)).body.invitation as { expiresAt: string; isOpen: boolean } | null;

  it("lets somebody without a password choose one, once; until then nothing signs in", async () => {
    const { admin, status, person: invited } = await invite("new.person");
    expect([status, invited.invitation]).toEqual([201, { expiresAt: null, isOpen: false }]);
    for (const guess of ["", "null", "a password for tests"])
      await expect(api.signIn("new.person", guess)).rejects.toThrow();
    const [mail] = await mails();
    expect(mail).toContain("Your user name is new.person");
    expect(await shown(admin, invited.id)).toMatchObject({ isOpen: true });
    expect((await use(letterToken(mail), "new.person new.person")).status).toBe(400);
    expect((await use(letterToken(mail))).status).toBe(204);
    expect((await use(letterToken(mail))).status).toBe(410);
    await api.signIn("new.person", fresh);
    expect(await shown(admin, invited.id)).toBeNull();
    const { rows } = await api.owner.query(
      "SELECT action, outcome FROM audit_entry WHERE entity_id = $1 AND action <> 'auth.sign-in' ORDER BY at, id",
      [invited.id],
    );
    expect(rows.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "user.create success",
      "auth.send-reset-link success",
      "auth.accept-invitation success",
      "auth.accept-invitation refused",
    ]);
  });

  it("runs out after three days, is seen to have, and is sent again by an administrator or by asking", async () => {
    const { admin, person: invited } = await invite("late.starter");
    const first = letterToken((await mails()).at(-1));
    api.setClock(new Date(Date.now() + 3 * 86_400_000 + 60_000));
    await purgeSessions(api.platform);
    expect((await use(first)).status).toBe(410);
    api.setClock(null);
    await api.owner.query("UPDATE password_link SET expires_at = now() - interval '1 minute' WHERE user_id = $1", [
      invited.id,
    ]);
    expect(await shown(admin, invited.id)).toMatchObject({ isOpen: false, expiresAt: expect.any(String) });
    expect((await admin.call("user.sendResetLink", { id: invited.id })).status).toBe(200);
    const second = letterToken((await mails()).at(-1));
    await ask("late.starter");
    const third = letterToken((await mails()).at(-1));
    expect((await use(second)).status).toBe(410);
    expect((await use(third)).status).toBe(204);
  });

  it("is void once the e-mail was corrected, and goes to the right one; a password set by hand ends it", async () => {
    const { admin, person: invited } = await invite("mistyped.mail");
    const wrong = letterToken((await mails()).at(-1));
    const { id, version } = invited;
    expect((await admin.put(`/users/${id}/`, { version, email: "right@example.org" })).status).toBe(200);
    expect((await use(wrong)).status).toBe(410);
    const mail = (await mails()).at(-1);
    expect(mail).toContain("To: right@example.org");
    expect((await admin.call("user.resetPassword", { id, password: fresh })).status).toBe(200);
    expect((await use(letterToken(mail), "words of a stranger here")).status).toBe(410);
    expect(await shown(admin, id)).toBeNull();
    await api.signIn("mistyped.mail", fresh);
  });
});

describe("an administrator", () => {
  it("sends a link to a person of the own organisation who is active", async () => {
    const { id } = await person("helped");
    const admin = await api.signIn(api.people.admin.username);
    expect((await admin.call("user.sendResetLink", { id })).status).toBe(200);
    expect((await use(tokenIn((await mails()).at(-1)))).status).toBe(204);
    await api.owner.query("UPDATE user_account SET status = 'INACTIVE' WHERE id = $1", [id]);
    expect((await admin.call("user.sendResetLink", { id })).status).toBe(409);
    const stranger = await api.as("otherAdmin");
    expect((await stranger.call("user.sendResetLink", { id })).status).toBe(404);
    expect((await (await api.as("nurse")).call("user.sendResetLink", { id })).status).toBe(403);
    expect((await api.anonymous.call("user.sendResetLink", { id })).status).toBe(401);
  });
});

it("no way of choosing a password takes one that is known from breaches", async () => {
  const list = join(data, "breached.bin");
  const known = "known from a breach";
  await writeFile(join(data, "hashes.txt"), `${createHash("sha1").update(known).digest("hex")}:7\n`);
  await writeList(join(data, "hashes.txt"), list, { seenMin: 1 });
  api.platform.breachedPasswords = breachedPasswordsIn(list, { isOptional: false });
  const { id } = await person("breached");
  const token = await linkFor("breached");
  const admin = await api.signIn(api.people.admin.username);
  const own = await api.signIn("breached");
  const account = { username: "breached.two", fullName: "Two", email: "two@example.org", password: known };
  for (const answer of [
    await use(token, known),
    await admin.call("user.resetPassword", { id, password: known }),
    await own.call("auth.changePassword", { currentPassword: password, newPassword: known }),
    await admin.post("/users/", { ...account, roles: ["nurse"] }),
    await api.anonymous.post("/auth/register/", account),
  ])
    expect([answer.status, answer.text.includes("breach of some other service")]).toEqual([400, true]);
  expect((await use(token)).status).toBe(204);
});
