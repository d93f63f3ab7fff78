import { type Database, openDatabase } from "@infirmary/db/client";
import { testDatabase } from "@infirmary/db/test-support";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, send, startApi } from "../../../test/harness.ts";
import { buildServer } from "../../server.ts";
import { SessionCache } from "../session/session-cache.ts";
import { CallLimits } from "./call-limits.ts";

const most = {
  perUserMinute: 1e9,
  perTenantMinute: 1e9,
  searchesMinute: 1e9,
  uploadsMinute: 1e9,
  uploadBytesDay: 1e15,
};
const maxima = { ...most };
let api: Api;
/** A second API on the same database, with connections, counts and a cache of its own. */
let second: { app: FastifyInstance; database: Database; calls: CallLimits };

beforeAll(async () => {
  const { appUrl } = await testDatabase();
  api = await startApi({ calls: maxima });
  const database = openDatabase(appUrl, { applicationName: "second" });
  const calls = new CallLimits({ pool: database.pool, log: api.platform.log });
  const sessions = new SessionCache(database, api.platform.now);
  const app = await buildServer({ ...api.platform, database, calls, sessions });
  await app.ready();
  second = { app, database, calls };
});
afterAll(async () => {
  await second?.app.close();
  await second?.calls.close();
  await second?.database.close();
  await api?.close();
});

it("holds over two APIs: what one took is missing at the other, and the refusal is audited", async () => {
  const { access } = await api.as("nurse");
  const { access: doctors } = await api.as("doctor");
  maxima.perUserMinute = 40;
  const ask = (app: FastifyInstance, token = access) =>
    send(app, { method: "GET", url: "/api/v1/auth/me/", headers: { authorization: `Bearer ${token}` } });
  for (let call = 0; call < 30; call++) expect((await ask(api.app)).status).toBe(200);
  await api.platform.calls.flush();
  // The other one learns with its first count.
  expect((await ask(second.app)).status).toBe(200);
  await second.calls.flush();
  const answers = [];
  for (let call = 0; call < 20; call++) answers.push(await ask(second.app));
  // Nine more; a few besides where a minute ends meanwhile, because the last one counts by what is left of it.
  const taken = answers.filter(({ status }) => status === 200).length;
  expect([taken >= 9, taken <= 14]).toEqual([true, true]);
  const refused = answers.at(-1);
  expect([refused?.status, refused?.body.code]).toEqual([429, "too-many-requests"]);
  expect(Number(refused?.headers["retry-after"])).toBeGreaterThan(0);
  expect((await ask(second.app, doctors)).status, "somebody else").toBe(200);
  await expect
    .poll(
      async () => (await api.owner.query("SELECT reason FROM audit_entry WHERE action = 'auth.rate-limit'")).rows[0],
    )
    .toEqual({ reason: "too many calls: user" });
});

it("asks the database nothing on the way of a call", async () => {
  await api.platform.calls.flush();
  await second.calls.flush();
  const { rows } = await api.owner.query<{ calls: string }>("SELECT count(*) AS calls FROM call_count");
  const budget = { subject: "user nobody", max: 1e9, windowSeconds: 60 };
  for (let call = 0; call < 1000; call++) expect(api.platform.calls.take([budget])).toBeNull();
  expect((await api.owner.query("SELECT count(*) AS calls FROM call_count")).rows).toEqual(rows);
  await api.platform.calls.flush();
  expect((await api.owner.query("SELECT calls FROM call_count WHERE subject = 'user nobody'")).rows).toEqual([
    { calls: "1000" },
  ]);
});

it("counts searches, uploads and their bytes for themselves, and each call of a batch", async () => {
  const [nurse, lab] = await Promise.all([api.signIn("privacy"), api.as("lab_technician")]);
  Object.assign(maxima, most, { searchesMinute: 3, uploadsMinute: 2, uploadBytesDay: 4000 });
  const search = () => nurse.post("/patients/search/", { q: "nobody" });
  for (let call = 0; call < 3; call++) expect((await search()).status).toBe(200);
  expect((await search()).status).toBe(429);
  expect((await nurse.get("/auth/me/")).status).toBe(200);

  const upload = (size: number) =>
    lab.call("result.upload", { orderId: api.home.id, contentBase64: Buffer.alloc(size, 65).toString("base64") });
  expect((await upload(4000)).status, "more bytes than a day has").toBe(429);
  expect((await upload(10)).status).toBe(422);
  expect((await upload(10)).status).toBe(422);
  expect((await upload(10)).status, "the third in a minute").toBe(429);

  Object.assign(maxima, most, { perUserMinute: 30 });
  const own = await api.signIn("billing");
  const batch = await api.app.inject({
    method: "POST",
    url: `/trpc/${Array.from({ length: 10 }, () => "auth.me").join(",")}?batch=1`,
    headers: { authorization: `Bearer ${own.access}`, "content-type": "application/json" },
    remoteAddress: "127.0.0.1",
  });
  expect(batch.statusCode).toBe(200);
  let taken = 0;
  while ((await own.get("/auth/me/")).status === 200) taken++;
  expect([taken >= 20, taken <= 24], `${taken} were left of 30`).toEqual([true, true]);
});

it("holds for an organisation as a whole, and for no other", async () => {
  const [nurse, stranger] = [await api.as("nurse"), await api.as("otherDoctor")];
  Object.assign(maxima, most, { perTenantMinute: 1 });
  expect((await nurse.get("/auth/me/")).status).toBe(429);
  expect((await stranger.get("/auth/me/")).status).toBe(200);
});
