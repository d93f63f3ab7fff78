import { Console } from "node:console";
import { openDatabase } from "@infirmary/db/client";
import type { FastifyReply, FastifyRequest } from "fastify";
import { beginIn } from "../src/core/begin.ts";
import { buildPlatform } from "../src/core/build-platform.ts";
import { type ActorContext, actorContext, createContext } from "../src/core/context.ts";
import { readApiEnv } from "../src/core/env.ts";
import { getPatient } from "../src/features/patient/patient.ts";
import { findPatient } from "../src/features/patient/store.ts";
import { buildServer } from "../src/server.ts";
import { manyCalls } from "./support/api-process.ts";
import { serverCpuMs } from "./support/cpu.ts";
import { password } from "./support/seed.ts";
import { benchPatients, seedPatients } from "./support/seed-patients.ts";

type Deed = (context: ActorContext, id: string) => Promise<unknown>;
const clients = 8;
const roundMs = 200;

/**
 * What trust costs: one request (open a patient) in five forms, each with one more part of it, in turns of a fifth of a second so that a busy
 * machine is equally busy for all. Goal: the whole adds less than 3 ms at p50 and less than 35 % of throughput.
 */
export async function benchTrust(options: {
  ownerUrl: string;
  env: Record<string, string | undefined>;
  seconds: number;
}): Promise<void> {
  const { ownerUrl, seconds } = options;
  const env = readApiEnv({ ...options.env, ...manyCalls, LOG_LEVEL: "silent" });
  const files = { fieldKeys: env.FIELD_KEYS_FILE, indexKey: env.INDEX_KEY_FILE };
  const who = { slug: "bench-trust", username: "trust.nurse" };
  await seedPatients(ownerUrl, files, benchPatients(2_000), who);
  const platform = await buildPlatform(env, "infirmary-bench");
  const owner = openDatabase(ownerUrl, { applicationName: "infirmary-bench" });
  const server = await buildServer(platform);
  const { rows } = await owner.pool.query<{ id: string }>(
    "SELECT p.id FROM patient p JOIN tenant t ON t.id = p.tenant_id WHERE t.slug = $1",
    [who.slug],
  );
  const decide = ({ session }: ActorContext) => {
    const { allowed } = platform.policy.decide({ subject: session, permission: "patient.read", now: platform.now() });
    if (!allowed) throw new Error("The nurse may read patients.");
  };
  const placeOf = ({ scope, session }: ActorContext) => ({
    tenantId: scope.tenantId,
    userId: session.userId,
    facilityId: session.facility?.id ?? null,
  });
  const deeds: Record<string, Deed> = {
    "none of it": ({ scope }, id) =>
      owner.pool.connect().then(async (connection) => {
        try {
          return await findPatient(connection, { tenantId: scope.tenantId, id });
        } finally {
          connection.release();
        }
      }),
    "+ scope": (context, id) =>
      platform.database.pool.transaction(beginIn(placeOf(context)), (connection) =>
        findPatient(connection, { tenantId: context.scope.tenantId, id }),
      ),
    "+ policy": (context, id) => {
      decide(context);
      return deeds["+ scope"]?.(context, id) ?? Promise.reject(new Error("There is no such form."));
    },
    "+ audit": (context, id) => {
      decide(context);
      return context.work(async ({ connection, scope, audit }) => {
        audit({ action: "patient.read", entity: "patient", entityId: id, patientId: id });
        return findPatient(connection, { tenantId: scope.tenantId, id });
      });
    },
    "+ sealing: all": (context, id) => {
      decide(context);
      return context.work((work) => getPatient(work, { id }));
    },
  };
  for (const [form, [, deed]] of Object.entries(deeds).entries())
    server.get(`/bench/${form}/:id`, async (request: FastifyRequest, reply: FastifyReply) => {
      const context = actorContext(await createContext(platform, request), {
        path: "bench",
        type: "query",
        input: null,
      });
      const answer = await deed(context, (request.params as { id: string }).id);
      if (!answer) throw new Error("The patient is not shown.");
      return reply.send(answer);
    });
  const signedIn = await server.inject({
    method: "POST",
    url: "/api/v1/auth/login/",
    payload: { username: who.username, password },
  });
  const authorization = `Bearer ${signedIn.json().access}`;
  const times = new Map(
    Object.keys(deeds).map((name) => [name, { ms: [] as number[], busyMs: 0, apiMs: 0, databaseMs: 0 }]),
  );
  const turn = async (name: string, isCounted: boolean) => {
    const databaseBefore = await serverCpuMs(owner.pool);
    const apiBefore = process.cpuUsage();
    const startedAt = performance.now();
    const ms: number[] = [];
    await Promise.all(
      Array.from({ length: clients }, async (_, client) => {
        for (let n = client; performance.now() - startedAt < roundMs; n += clients) {
          const from = performance.now();
          const url = `/bench/${Object.keys(deeds).indexOf(name)}/${rows[n % rows.length]?.id}`;
          const { statusCode, body } = await server.inject({ url, headers: { authorization } });
          if (statusCode !== 200) throw new Error(`${name}: ${statusCode} ${body}`);
          ms.push(performance.now() - from);
        }
      }),
    );
    const known = times.get(name);
    if (!isCounted || !known) return;
    known.ms.push(...ms);
    known.busyMs += performance.now() - startedAt;
    const { user, system } = process.cpuUsage(apiBefore);
    known.apiMs += (user + system) / 1000;
    known.databaseMs += (await serverCpuMs(owner.pool)) - databaseBefore;
  };
  const forms = [...times.keys()];
  for (const name of forms) await turn(name, false);
  const until = performance.now() + seconds * 1000 * forms.length;
  while (performance.now() < until) for (const name of forms) await turn(name, true);
  print(times);
  await server.close();
  await owner.close();
  await platform.close();
}

type Times = { ms: number[]; busyMs: number; apiMs: number; databaseMs: number };

function print(times: Map<string, Times>): void {
  const rows = [...times].map(([form, { ms, busyMs, apiMs, databaseMs }]) => {
    const sorted = ms.sort((a, b) => a - b);
    return {
      form,
      requests: ms.length,
      perSecond: (ms.length / busyMs) * 1000,
      p50Ms: sorted[ms.length >> 1] ?? 0,
      p95Ms: sorted[Math.floor(ms.length * 0.95)] ?? 0,
      apiCpuMs: apiMs / ms.length,
      databaseCpuMs: databaseMs / ms.length,
    };
  });
  const [bare] = rows;
  const round = (value: number) => Math.round(value * 100) / 100;
  new Console(process.stdout).table(
    rows.map(({ form, requests, perSecond, p50Ms, p95Ms, apiCpuMs, databaseCpuMs }) => ({
      form,
      requests,
      perSecond: Math.round(perSecond),
      p50Ms: round(p50Ms),
      p95Ms: round(p95Ms),
      apiCpuMs: round(apiCpuMs),
      databaseCpuMs: round(databaseCpuMs),
      addsMs: round(p50Ms - (bare?.p50Ms ?? 0)),
      costsPercent: round(100 - (perSecond / (bare?.perSecond ?? 1)) * 100),
    })),
  );
}
