import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { appCode, setUpApp } from "../../../test/factor.ts";
import { type Api, startApi } from "../../../test/harness.ts";
import { password, seedPerson } from "../../../test/tenants.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
afterEach(() => api.setClock(null));

const person = (username: string, roles: ("nurse" | "admin")[] = ["nurse"]) =>
  seedPerson(api.owner, api.home, { username, fullName: "Test Person", roles });
const login = (username: string) => api.anonymous.post("/auth/login/", { username, password });
const challengeOf = async (username: string) => {
  const answer = await login(username);
  expect(answer.body.code).toBe("second-factor-required");
  return (answer.body.challenge as { token: string }).token;
};
const verify = (challenge: string, code: string) => api.anonymous.post("/auth/login/verify/", { challenge, code });
const withApp = async (username: string) => {
  await person(username);
  const client = await api.signIn(username);
  return { client, ...(await setUpApp(client)) };
};

describe("an authenticator app", () => {
  it("counts from its first code on: the password alone then asks for it, and opens nothing", async () => {
    await person("starter");
    const client = await api.signIn("starter");
    const { secret } = ((await client.call("factor.startTotp")).body.result as { data: { secret: string } }).data;
    expect((await login("starter")).status).toBe(200);
    expect((await client.call("factor.confirmTotp", { code: "000000" })).status).toBe(400);
    expect((await login("starter")).status).toBe(200);
    expect((await client.call("factor.confirmTotp", { code: appCode(secret) })).status).toBe(200);
    const asked = await login("starter");
    expect(asked.status).toBe(401);
    expect(asked.body).toMatchObject({
      code: "second-factor-required",
      challenge: { methods: ["totp", "recovery-code"] },
    });
    expect(asked.body.access).toBeUndefined();
    expect((await client.get("/auth/me/")).status).toBe(200);
  });

  it("signs in with its present code, once; the neighbours in time are good, others are not", async () => {
    const { seed } = await withApp("coder");
    const now = Date.now();
    const code = appCode(seed, now);
    expect((await verify(await challengeOf("coder"), appCode(seed, now - 90_000))).body.code).toBe("code-invalid");
    const signedIn = await verify(await challengeOf("coder"), `${code.slice(0, 3)} ${code.slice(3)}`);
    expect(signedIn.status).toBe(200);
    expect(signedIn.body).toMatchObject({ access: expect.any(String), user: { username: "coder" } });
    expect((await verify(await challengeOf("coder"), code)).body.code).toBe("code-invalid");
    expect((await verify(await challengeOf("coder"), appCode(seed, now + 30_000))).status).toBe(200);
  });

  it("gives one of twenty that send the same code at once a session", async () => {
    const { seed } = await withApp("racer");
    const challenges = await Promise.all(Array.from({ length: 4 }, () => challengeOf("racer")));
    const code = appCode(seed);
    const answers = await Promise.all(challenges.map((challenge) => verify(challenge, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("is guessed at five times a minute, across challenges, and a right password does not start the count anew", async () => {
    await withApp("guessed.at");
    for (let i = 0; i < 5; i++)
      expect((await verify(await challengeOf("guessed.at"), "123456")).body.code).toBe("code-invalid");
    const refused = await verify(await challengeOf("guessed.at"), "123456");
    expect([refused.status, refused.body.code]).toEqual([429, "too-many-attempts"]);
    await api.owner.query("DELETE FROM sign_in_failure");
  });

  it("keeps its seed sealed and the codes as tokens", async () => {
    const { seed, codes } = await withApp("sealed");
    const { rows } = await api.owner.query("SELECT seed_sealed FROM totp_factor");
    expect(rows.length).toBeGreaterThan(0);
    for (const { seed_sealed } of rows) expect(seed_sealed.toString("latin1")).not.toContain(seed);
    const { rows: kept } = await api.owner.query("SELECT code_token FROM recovery_code");
    for (const { code_token } of kept) expect(codes.join()).not.toContain(code_token.toString("latin1"));
  });

  it("goes only with a fresh proof, which takes the code as well as the password", async () => {
    const { client, seed } = await withApp("leaver");
    await api.owner.query("UPDATE session SET authenticated_at = 'epoch'");
    api.platform.sessions.forget(api.home.id);
    expect((await client.call("factor.removeTotp")).text).toContain("reauthentication-required");
    expect((await client.post("/auth/reauthenticate/", { password })).body.errors).toEqual([
      { path: "code", message: "Required." },
    ]);
    expect((await client.post("/auth/reauthenticate/", { password, code: "000000" })).status).toBe(400);
    expect((await client.post("/auth/reauthenticate/", { password, code: appCode(seed) })).status).toBe(200);
    expect((await client.call("factor.removeTotp")).status).toBe(200);
    expect((await login("leaver")).status).toBe(200);
    expect((await client.call("factor.removeTotp")).status).toBe(404);
  });
});

describe("a challenge", () => {
  it("is answered once, for five minutes, and by a token of ours only", async () => {
    const { seed, codes } = await withApp("challenged");
    const first = await challengeOf("challenged");
    expect((await verify(first, appCode(seed))).status).toBe(200);
    expect((await verify(first, codes[0] ?? "")).body.code).toBe("token-invalid");
    const late = await challengeOf("challenged");
    api.setClock(new Date(Date.now() + 301_000));
    expect((await verify(late, codes[1] ?? "")).body.code).toBe("token-invalid");
    for (const challenge of ["x", "A".repeat(64)])
      expect((await verify(challenge, "123456")).body.code).toBe("token-invalid");
  });
});

describe("recovery codes", () => {
  it("are ten, each signs in once, however it is typed, and new ones void the old", async () => {
    const { client, codes } = await withApp("paper");
    expect(new Set(codes).size).toBe(10);
    const [one = "", two = ""] = codes;
    expect((await verify(await challengeOf("paper"), one.toUpperCase().replace(/-/g, " "))).status).toBe(200);
    expect((await verify(await challengeOf("paper"), one)).body.code).toBe("code-invalid");
    const mine = await client.call("factor.mine");
    expect(mine.body.result).toMatchObject({ data: { recoveryCodesLeft: 9, totp: { since: expect.any(String) } } });
    const renewed = await client.call("factor.renewRecoveryCodes");
    const fresh = (renewed.body.result as { data: { codes: string[] } }).data.codes;
    expect((await verify(await challengeOf("paper"), two)).body.code).toBe("code-invalid");
    expect((await verify(await challengeOf("paper"), fresh[0] ?? "")).status).toBe(200);
  });

  it("are nobody's without a second factor", async () => {
    await person("factorless");
    const client = await api.signIn("factorless");
    expect((await client.call("factor.renewRecoveryCodes")).text).toContain("wrong-transition");
  });
});

describe("an administrator", () => {
  it("resets the factors of somebody who lost them: sessions end, the password alone signs in, the log says who did it", async () => {
    const { client } = await withApp("loser");
    const {
      rows: [row],
    } = await api.owner.query("SELECT id FROM user_account WHERE username = 'loser'");
    const admin = await api.as("admin");
    expect((await admin.call("user.factors", { id: row.id })).body.result).toMatchObject({
      data: { methods: ["totp", "recovery-code"] },
    });
    expect((await admin.call("user.resetFactors", { id: row.id })).status).toBe(200);
    expect((await client.get("/auth/me/")).status).toBe(401);
    expect((await login("loser")).status).toBe(200);
    const { rows } = await api.owner.query("SELECT username FROM audit_entry WHERE action = 'user.reset-factors'");
    expect(rows).toEqual([{ username: "admin" }]);
    expect((await (await api.as("otherAdmin")).call("user.resetFactors", { id: row.id })).status).toBe(404);
  });

  it("can be asked for a second factor: without one, setting it up is all that is left", async () => {
    const admin = await api.as("admin");
    const set = (adminsNeedFactor: boolean, version: number) =>
      admin.call("policy.update", { adminsNeedFactor, idleLockMinutes: 15, version });
    await person("bare.admin", ["admin"]);
    const bare = await api.signIn("bare.admin");
    expect((await bare.get("/users/")).status).toBe(200);
    expect((await set(true, 0)).text).toContain("of your own first");
    await setUpApp(admin);
    expect((await set(true, 0)).status).toBe(200);
    expect((await set(true, 0)).status).toBe(409);
    expect((await bare.get("/users/")).body.code).toBe("factor-missing");
    expect((await bare.get("/auth/me/")).body.needsFactor).toBe(true);
    expect((await (await api.as("nurse")).get("/patients/")).status).toBe(200);
    const { seed } = await setUpApp(bare);
    expect((await bare.get("/users/")).status).toBe(200);
    const removed = await bare.call("factor.removeTotp");
    expect(removed.status).toBe(400);
    expect((await bare.get("/users/")).status).toBe(200);
    expect(
      (await bare.call("policy.update", { adminsNeedFactor: false, idleLockMinutes: 15, version: 1 })).status,
    ).toBe(200);
    expect(appCode(seed)).toMatch(/^\d{6}$/);
  });
});
