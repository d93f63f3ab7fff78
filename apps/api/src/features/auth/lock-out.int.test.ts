import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Api, send, startApi } from "../../../test/harness.ts";
import { password, seedPerson } from "../../../test/tenants.ts";
import { attempt, factorSubjects } from "../throttle/index.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(() => api.owner.query("DELETE FROM sign_in_failure"));

const person = (username: string) =>
  seedPerson(api.owner, api.home, { username, fullName: "Test Person", roles: ["nurse"] });
const login = (username: string, from: string, secret = password) =>
  send(api.app, {
    method: "POST",
    url: "/api/v1/auth/login/",
    headers: { "x-forwarded-for": from },
    payload: { username, password: secret },
  });

describe("guessing", () => {
  it("from everywhere else does not lock the owner out where they have signed in before", async () => {
    await person("owner");
    expect((await login("owner", "10.0.0.5")).status).toBe(200);
    await api.owner.query(
      "INSERT INTO sign_in_failure (subject) SELECT sha256(convert_to('name owner', 'UTF8')) FROM generate_series(1, 100)",
    );
    expect((await login("owner", "203.0.113.7")).status).toBe(429);
    expect((await login("owner", "10.0.0.5")).status).toBe(200);
    for (let i = 0; i < 5; i++) expect((await login("owner", "10.0.0.5", "wrong")).status).toBe(401);
    expect((await login("owner", "10.0.0.5")).status).toBe(429);
  });

  it("waits longer each time, tells owner and administrators, and an administrator's new password ends it", async () => {
    const { id } = await person("hunted");
    for (let i = 0; i < 9; i++) {
      expect((await login("hunted", `203.0.113.${i}`, "wrong")).status).toBe(401);
      await api.owner.query("UPDATE sign_in_failure SET at = at - interval '20 minutes'");
    }
    await api.owner.query("UPDATE sign_in_failure SET at = at + interval '20 minutes'");
    const refused = await login("hunted", "203.0.113.99");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(800);
    const { rows } = await api.owner.query(
      "SELECT count(DISTINCT user_id)::int AS told FROM notification WHERE kind = 'account-locked' AND user_id = ANY($1)",
      [[id, api.people.admin.id]],
    );
    expect(rows).toEqual([{ told: 2 }]);
    const admin = await api.as("admin");
    expect((await admin.call("user.resetPassword", { id, password: "an entirely new phrase" })).status).toBe(200);
    expect((await login("hunted", "203.0.113.98", "an entirely new phrase")).status).toBe(200);
  });

  it("at once from several processes gets no further than in turn", async () => {
    const subjects = factorSubjects(api.people.nurse.id);
    let tried = 0;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, () =>
        attempt(api.platform, subjects, async () => {
          tried++;
          return false;
        }),
      ),
    );
    expect(tried).toBe(5);
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(35);
  });

  it("cannot go uncounted: where the count cannot be written, nobody signs in", async () => {
    await person("uncounted");
    await api.owner.query("REVOKE INSERT ON sign_in_failure FROM infirmary_app");
    try {
      expect((await login("uncounted", "10.0.0.9")).status).toBeGreaterThanOrEqual(500);
    } finally {
      await api.owner.query("GRANT INSERT ON sign_in_failure TO infirmary_app");
    }
    expect((await login("uncounted", "10.0.0.9")).status).toBe(200);
  });

  it("of a ward's right passwords all at once is no guessing", async () => {
    const names = Array.from({ length: 35 }, (_, index) => `shift.${index}`);
    for (const name of names) await person(name);
    const statuses = (await Promise.all(names.map((name) => login(name, "10.0.1.1")))).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe("an old hash", () => {
  it("is made anew with today's parameters when its password is next right", async () => {
    const { id } = await person("rehashed");
    const hashOf = async () =>
      (await api.owner.query("SELECT password_hash FROM user_account WHERE id = $1", [id])).rows[0].password_hash;
    expect(await hashOf()).toContain("m=8192");
    await login("rehashed", "10.0.0.7", "wrong");
    expect(await hashOf()).toContain("m=8192");
    expect((await login("rehashed", "10.0.0.7")).status).toBe(200);
    expect(await hashOf()).toContain("$argon2id$v=19$m=47104,t=1,p=1$");
    expect((await login("rehashed", "10.0.0.7")).status).toBe(200);
  });
});

/** 500 each in the long form (SIGN_IN_SAMPLES=500); in the short form enough to see a step that only one of the two takes. */
const samples = Number(process.env.SIGN_IN_SAMPLES ?? 40);

describe("an unknown name", () => {
  it("cannot be told from a known one, by the answer nor by the time it takes", { timeout: 600_000 }, async () => {
    const known = await hash(password, { algorithm: 2, memoryCost: 47_104, timeCost: 1, parallelism: 1 });
    for (let i = 0; i < samples; i++) await person(`timed.${i}`);
    await api.owner.query("UPDATE user_account SET password_hash = $1 WHERE username LIKE 'timed.%'", [known]);
    const took: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
    const bodies = new Set<string>();
    for (let i = -5; i < samples; i++) {
      const pair = [["known", `timed.${Math.max(i, 0)}`] as const, ["unknown", `nobody.${i + 5}`] as const];
      for (const [kind, name] of i % 2 ? pair : pair.reverse()) {
        const from = `10.${kind === "known" ? 1 : 2}.${Math.floor((i + 5) / 250)}.${(i + 5) % 250}`;
        const started = performance.now();
        const answer = await login(name, from, "a wrong password");
        if (i >= 0) took[kind].push(performance.now() - started);
        const { requestId: _, ...body } = answer.body;
        bodies.add(JSON.stringify([answer.status, body]));
      }
      await api.owner.query("DELETE FROM sign_in_failure");
    }
    expect(bodies.size).toBe(1);
    const [a, b] = [median(took.known), median(took.unknown)];
    expect(Math.abs(a - b) / Math.max(a, b), `medians ${a.toFixed(1)} and ${b.toFixed(1)} ms`).toBeLessThan(0.1);
    expect(mannWhitneyP(took.known, took.unknown)).toBeGreaterThan(0.01);
  });
});

const median = (values: readonly number[]) => [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)] ?? 0;

/** The two-sided p of the Mann-Whitney U test, by its normal approximation (good from twenty samples on). */
function mannWhitneyP(a: readonly number[], b: readonly number[]): number {
  const ranked = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))]
    .sort((x, y) => x.value - y.value)
    .map(({ isA }, index) => ({ isA, rank: index + 1 }));
  const rankSum = ranked.reduce((sum, { isA, rank }) => sum + (isA ? rank : 0), 0);
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const z = Math.abs(u - (a.length * b.length) / 2) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  // Abramowitz and Stegun 26.2.17, two-sided.
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (2 * tail * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
