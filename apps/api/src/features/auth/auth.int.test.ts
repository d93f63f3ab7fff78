import { hkdfSync } from "node:crypto";
import { EncryptJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, send, startApi } from "../../../test/harness.ts";
import { password, seedPerson } from "../../../test/tenants.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const person = (username: string) =>
  seedPerson(api.owner, api.home, { username, fullName: "Test Person", roles: ["nurse"] });
const login = (username: string, secret = password) =>
  api.anonymous.post("/auth/login/", { username, password: secret });

describe("signing in", () => {
  it("answers tokens and who one is, with and without a trailing slash and in any case of the name", async () => {
    for (const path of ["/auth/login/", "/auth/login"]) {
      const answer = await api.anonymous.post(path, { username: "DOCTOR", password });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        access: expect.any(String),
        refresh: expect.any(String),
        user: { username: "doctor", roles: ["doctor"], tenantId: api.home.id },
      });
    }
  });

  it("gives an unknown name and a wrong password the same answer", async () => {
    const unknown = await login("nobody.at.all", "wrong password");
    await person("known.person");
    const wrong = await login("known.person", "wrong password");
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    const same = ({ requestId: _, ...body }: Record<string, unknown>) => body;
    expect(same(unknown.body)).toEqual(same(wrong.body));
    expect(wrong.body.code).toBe("sign-in-failed");
  });

  it("refuses after five failures in a minute, says how long to wait, and does not count successes", async () => {
    await person("guessed");
    for (let i = 0; i < 4; i++) expect((await login("guessed", "wrong")).status).toBe(401);
    expect((await login("guessed")).status).toBe(200);
    for (let i = 0; i < 5; i++) expect((await login("guessed", "wrong")).status).toBe(401);
    const refused = await login("guessed");
    expect(refused.status).toBe(429);
    expect(refused.body.code).toBe("too-many-attempts");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    await api.owner.query("DELETE FROM sign_in_failure");
  });

  it("tries five of forty passwords sent at once, and not the right one behind them", async () => {
    await person("rushed");
    const guesses = Array.from({ length: 40 }, () => login("rushed", "wrong"));
    const statuses = (await Promise.all([...guesses, login("rushed")])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(36);
    await api.owner.query("DELETE FROM sign_in_failure");
  });

  it("tells only who knows the password that an account waits or is closed", async () => {
    const { id } = await person("waiting");
    await api.owner.query("UPDATE user_account SET status = 'PENDING' WHERE id = $1", [id]);
    expect((await login("waiting", "wrong")).body.code).toBe("sign-in-failed");
    expect((await login("waiting")).body.code).toBe("account-inactive");
    await api.owner.query("DELETE FROM sign_in_failure");
  });

  it("names every faulty field of a bad request and repeats no value", async () => {
    const answer = await api.anonymous.post("/auth/login/", { username: "", admin: "yes" });
    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect((answer.body.errors as { path: string }[]).map(({ path }) => path).sort()).toEqual([
      "admin",
      "password",
      "username",
    ]);
    expect(answer.text).not.toContain("yes");
  });
});

describe("refresh tokens", () => {
  it("give twenty parallel requests at the moment of expiry the same successor and sign nobody out", async () => {
    const client = await api.signIn("nurse");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.anonymous.post("/auth/refresh/", { refresh: client.refresh })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.refresh)).size).toBe(1);
    const next = await api.anonymous.post("/auth/refresh/", { refresh: answers[0]?.body.refresh });
    expect(next.status).toBe(200);
  });

  it("end the whole family, access tokens too, when a spent one comes again after 30 seconds", async () => {
    const client = await api.signIn("nurse");
    const first = await api.anonymous.post("/auth/refresh/", { refresh: client.refresh });
    await api.owner.query(
      "UPDATE refresh_token SET used_at = used_at - interval '31 seconds' WHERE used_at IS NOT NULL",
    );
    expect((await api.anonymous.post("/auth/refresh/", { refresh: client.refresh })).status).toBe(401);
    expect((await api.anonymous.post("/auth/refresh/", { refresh: first.body.refresh })).status).toBe(401);
    expect((await client.get("/auth/me/")).body.code).toBe("token-invalid");
    const { rows } = await api.owner.query(
      "SELECT outcome, username FROM audit_entry WHERE action = 'auth.token-reuse'",
    );
    expect(rows).toEqual([{ outcome: "refused", username: "nurse" }]);
  });

  it("of garbage, of another tenant's id and of nobody are refused alike", async () => {
    const client = await api.signIn("nurse");
    const foreign = Buffer.from(client.refresh, "base64url");
    foreign.write(api.other.id.replace(/-/g, ""), 0, "hex");
    for (const refresh of ["x", "A".repeat(64), foreign.toString("base64url")]) {
      const answer = await api.anonymous.post("/auth/refresh/", { refresh });
      expect([answer.status, answer.body.code]).toEqual([401, "token-invalid"]);
    }
  });

  it("are given ten times a minute to a session, and the eleventh can be had later", async () => {
    let { refresh } = await api.signIn("nurse");
    for (let i = 1; i < 10; i++) {
      const answer = await api.anonymous.post("/auth/refresh/", { refresh });
      expect(answer.status, `rotation ${i}`).toBe(200);
      refresh = String(answer.body.refresh);
    }
    const refused = await api.anonymous.post("/auth/refresh/", { refresh });
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "60"]);
    await api.owner.query("UPDATE refresh_token SET created_at = created_at - interval '1 minute'");
    expect((await api.anonymous.post("/auth/refresh/", { refresh })).status).toBe(200);
  });

  it("are kept as hashes only", async () => {
    const client = await api.signIn("nurse");
    const { rows } = await api.owner.query("SELECT token_hash FROM refresh_token");
    expect(rows.some(({ token_hash }) => token_hash.equals(Buffer.from(client.refresh)))).toBe(false);
  });
});

describe("signing out", () => {
  it("voids both tokens at once", async () => {
    const client = await api.signIn("nurse");
    expect((await client.get("/auth/me/")).status).toBe(200);
    expect((await client.post("/auth/logout/", { refresh: client.refresh })).status).toBe(204);
    expect((await client.get("/auth/me/")).status).toBe(401);
    expect((await api.anonymous.post("/auth/refresh/", { refresh: client.refresh })).status).toBe(401);
  });

  it("holds also for a request that was reading the session meanwhile", async () => {
    const client = await api.signIn("nurse");
    const { tid, sid } = JSON.parse(Buffer.from(client.access.split(".")[1] ?? "", "base64url").toString()) as {
      tid: string;
      sid: string;
    };
    const { sessions } = api.platform;
    sessions.forget(tid, sid);
    const reading = sessions.find(tid, sid);
    sessions.forget(tid, sid);
    expect(await reading).not.toBeNull();
    await api.owner.query("UPDATE session SET ended_at = now() WHERE id = $1", [sid]);
    expect((await client.get("/auth/me/")).status).toBe(401);
  });
});

describe("forged credentials", () => {
  it("open nothing: none-algorithm, wrong type, foreign key, cut, swapped user", async () => {
    const client = await api.signIn("nurse");
    const [header = "", payload = "", signature = ""] = client.access.split(".");
    const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    const forged = [
      `${b64({ alg: "none", typ: "at+jwt" })}.${payload}.`,
      `${b64({ alg: "HS256", typ: "at+jwt" })}.${payload}.${signature}`,
      `${b64({ alg: "EdDSA", typ: "JWT" })}.${payload}.${signature}`,
      `${header}.${b64({ ...claims, sub: api.people.admin.id })}.${signature}`,
      `${header}.${payload}.${signature.slice(2)}`,
      "garbage",
      "",
    ];
    for (const token of forged) {
      const answer = await send(api.app, {
        method: "GET",
        url: "/api/v1/auth/me/",
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status, token.slice(0, 40)).toBe(401);
    }
  });
});

describe("the portal's cookie", () => {
  const cookieOf = async (claims: Record<string, unknown>) => {
    const key = new Uint8Array(
      hkdfSync("sha256", api.platform.settings.sessionSecret, "", "NextAuth.js Generated Encryption Key", 32),
    );
    return new EncryptJWT(claims)
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .setIssuedAt()
      .setExpirationTime("1h")
      .encrypt(key);
  };
  const withCookie = (cookie: string, headers: Record<string, string>, method: "GET" | "POST" = "POST") =>
    send(api.app, {
      method,
      url: method === "GET" ? "/api/v1/auth/me/" : "/trpc/auth.sessions",
      headers: { cookie: `infirmary.session=${cookie}`, "content-type": "application/json", ...headers },
      ...(method === "POST" ? { payload: "{}" } : {}),
    });

  it("opens the API as the session it names, from the portal's own pages only", async () => {
    const opened = await api.anonymous.call("auth.openSession", { username: "nurse", password });
    const { sessionId, tenantId } = (opened.body.result as { data: { sessionId: string; tenantId: string } }).data;
    const cookie = await cookieOf({ tid: tenantId, sid: sessionId });
    const own = { "x-infirmary-csrf": "1", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" };
    expect((await withCookie(cookie, own)).status).toBe(200);
    expect((await withCookie(cookie, {}, "GET")).status).toBe(200);
    for (const foreign of [
      { ...own, origin: "https://evil.example" },
      { ...own, "sec-fetch-site": "cross-site" },
      { ...own, "sec-fetch-site": "same-site" },
      { origin: own.origin },
      { ...own, origin: "null" },
    ]) {
      expect((await withCookie(cookie, foreign as Record<string, string>)).status).toBe(403);
    }
  });

  it("opens nothing when it names a token session, another tenant, or is not ours", async () => {
    const client = await api.signIn("nurse");
    const { sid } = JSON.parse(Buffer.from(client.access.split(".")[1] ?? "", "base64url").toString()) as {
      sid: string;
    };
    for (const cookie of [
      await cookieOf({ tid: api.home.id, sid }),
      await cookieOf({ tid: api.other.id, sid }),
      await cookieOf({ sub: "x" }),
      "garbage",
    ]) {
      expect((await withCookie(cookie, { "x-infirmary-csrf": "1" })).status).toBe(401);
    }
  });
});

describe("one's own account", () => {
  it("changes its password with the present one and ends every other session", async () => {
    await person("changer");
    const [here, there] = [await api.signIn("changer"), await api.signIn("changer")];
    const wrong = await here.call("auth.changePassword", {
      currentPassword: "not it",
      newPassword: "a new long password",
    });
    expect(wrong.status).toBe(400);
    expect(
      (await here.call("auth.changePassword", { currentPassword: password, newPassword: "a new long password" }))
        .status,
    ).toBe(200);
    expect((await here.get("/auth/me/")).status).toBe(200);
    expect((await there.get("/auth/me/")).status).toBe(401);
    expect((await login("changer", "a new long password")).status).toBe(200);
  });

  it("lists and ends its own sessions, nobody else's", async () => {
    await person("sessions");
    const [mine, old] = [await api.signIn("sessions"), await api.signIn("sessions")];
    const list = (await mine.call("auth.sessions")).body.result as { data: { id: string; isCurrent: boolean }[] };
    expect(list.data).toHaveLength(2);
    const other = list.data.find(({ isCurrent }) => !isCurrent);
    expect((await (await api.as("doctor")).call("auth.endSession", { id: other?.id })).status).toBe(404);
    expect((await mine.call("auth.endSession", { id: other?.id })).status).toBe(200);
    expect((await old.get("/auth/me/")).status).toBe(401);
  });
});
