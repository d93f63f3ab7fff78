import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@infirmary/db/client";
import { testDatabase } from "@infirmary/db/test-support";
import type { Role } from "@infirmary/shared/access";
import type { FastifyInstance, InjectOptions } from "fastify";
import pg from "pg";
import type { Logger } from "pino";
import { AccessPolicy } from "../src/core/access/policy.ts";
import { breachedPasswordsIn } from "../src/core/breached/breached-passwords.ts";
import { logger } from "../src/core/build-platform.ts";
import { CallLimits } from "../src/core/call-limits/call-limits.ts";
import type { CallMaxima } from "../src/core/call-limits/require-budget.ts";
import { folderStore } from "../src/core/files/folder-store.ts";
import { FieldKeys } from "../src/core/keys/field-keys.ts";
import { ringKeyEncryption } from "../src/core/keys/key-encryption.ts";
import { LiveHub } from "../src/core/live.ts";
import { Meter } from "../src/core/meter/meter.ts";
import type { Platform } from "../src/core/platform.ts";
import { ReadLog } from "../src/core/read-log.ts";
import { Readiness } from "../src/core/readiness.ts";
import { accessTokens } from "../src/core/session/access-token.ts";
import { forgetsSessions, SessionCache } from "../src/core/session/session-cache.ts";
import { buildServer } from "../src/server.ts";
import { type People, password, seedTenants, type TenantSeed } from "./tenants.ts";

export type Answer = {
  status: number;
  body: Record<string, unknown>;
  headers: Record<string, unknown>;
  text: string;
};

/** A client that speaks REST as one person, or as nobody. */
export type Client = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** Calls a procedure over tRPC: queries and mutations alike travel as POST. */
  call(procedure: string, input?: unknown, type?: "query" | "mutation"): Promise<Answer>;
  access: string;
  refresh: string;
};

export type Api = {
  app: FastifyInstance;
  platform: Platform;
  /** As the database's owner: for looking behind the curtain. */
  owner: pg.Pool;
  home: TenantSeed;
  other: TenantSeed;
  people: People;
  as(role: Role | "otherAdmin" | "otherDoctor"): Promise<Client>;
  signIn(username: string, secret?: string): Promise<Client>;
  anonymous: Client;
  /** Moves the platform's clock; null lets it run again. */
  setClock(at: Date | null): void;
  /** The installation's key, for a second process on the same database. */
  fieldKey: Uint8Array;
  close(): Promise<void>;
};

/** Tests call faster than people. */
const unlimited: CallMaxima = {
  perUserMinute: 1e9,
  perTenantMinute: 1e9,
  searchesMinute: 1e9,
  uploadsMinute: 1e9,
  uploadBytesDay: 1e15,
};

/** The whole API on a fresh database, with two tenants and a person of every role; nothing of it is faked. */
export async function startApi(
  options: { refreshTtlSeconds?: number; accessTtlSeconds?: number; log?: Logger; calls?: CallMaxima } = {},
): Promise<Api> {
  const { appUrl, ownerUrl } = await testDatabase();
  let clock: Date | null = null;
  const now = () => clock ?? new Date();
  const log = options.log ?? logger("silent", "test");
  const database = openDatabase(appUrl, { applicationName: "test" });
  const sessions = new SessionCache(database, now);
  const live = new LiveHub({ pool: database.pool, listenUrl: appUrl, log });
  live.onEvent((event) => {
    if (forgetsSessions(event.name)) sessions.forget(event.tenantId);
  });
  const { privateKey } = generateKeyPairSync("ed25519");
  const fieldKey = new Uint8Array(randomBytes(32));
  const keys = new FieldKeys({
    pool: database.pool,
    encryption: ringKeyEncryption([{ id: 1, key: fieldKey, state: "active" }]),
    indexKey: new Uint8Array(randomBytes(32)),
  });
  const filesFolder = mkdtempSync(join(tmpdir(), "infirmary-files-"));
  const auditKey = new Uint8Array(randomBytes(32));
  const platform: Platform = {
    database,
    keys,
    files: folderStore(filesFolder),
    auditKey,
    readLog: new ReadLog({ pool: database.pool, key: auditKey, keys }),
    log,
    live,
    sessions,
    calls: new CallLimits({ pool: database.pool, log }),
    breachedPasswords: breachedPasswordsIn("none", { isOptional: true }),
    policy: AccessPolicy.read(),
    accessTokens: await accessTokens(
      privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
      options.accessTtlSeconds ?? 900,
    ),
    settings: {
      publicOrigin: "http://localhost:3000",
      sessionSecret: "test secret of more than thirty-two bytes",
      refreshTtlSeconds: options.refreshTtlSeconds ?? 604_800,
      trustProxy: ["127.0.0.1"],
      calls: options.calls ?? unlimited,
      metricsToken: "test-metrics-token",
      dataFolder: tmpdir(),
      backupFolder: join(tmpdir(), "no-backups"),
      mllpCertificateFile: null,
    },
    readiness: new Readiness(),
    meter: new Meter(),
    now,
  };
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  const { home, other, people } = await seedTenants(owner);
  const app = await buildServer(platform);
  await app.ready();
  const clients = new Map<string, Client>();
  const signIn = async (username: string, secret = password) => {
    const answer = await send(app, {
      method: "POST",
      url: "/api/v1/auth/login/",
      payload: { username, password: secret },
    });
    if (answer.status !== 200) throw new Error(`${username} could not sign in: ${answer.text}`);
    return client(app, String(answer.body.access), String(answer.body.refresh));
  };
  return {
    app,
    platform,
    owner,
    home,
    other,
    people,
    signIn,
    async as(role) {
      const known = clients.get(role) ?? (await signIn(people[role].username));
      clients.set(role, known);
      return known;
    },
    anonymous: client(app, "", ""),
    fieldKey,
    setClock: (at) => {
      clock = at;
    },
    async close() {
      await app.close();
      await platform.calls.close();
      await live.stop();
      await keys.close();
      await database.close();
      await owner.end();
      rmSync(filesFolder, { recursive: true, force: true });
    },
  };
}

function client(app: FastifyInstance, access: string, refresh: string): Client {
  const authorization: Record<string, string> = access ? { authorization: `Bearer ${access}` } : {};
  const request = (
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) =>
    send(app, {
      method,
      url: `/api/v1${path}`,
      headers: { ...authorization, ...headers },
      ...(body === undefined ? {} : { payload: body as string | object }),
    });
  return {
    get: (path, headers) => request("GET", path, undefined, headers),
    post: (path, body, headers) => request("POST", path, body, headers),
    put: (path, body, headers) => request("PUT", path, body, headers),
    delete: (path) => request("DELETE", path),
    call: (procedure, input) =>
      send(app, {
        method: "POST",
        url: `/trpc/${procedure}`,
        headers: { ...authorization, "content-type": "application/json" },
        payload: JSON.stringify(input ?? {}),
      }),
    access,
    refresh,
  };
}

/** One request, without a socket; the body parsed where it is JSON. */
export async function send(app: FastifyInstance, options: InjectOptions): Promise<Answer> {
  const response = await app.inject({ remoteAddress: "127.0.0.1", ...options });
  const isJson = String(response.headers["content-type"]).includes("json");
  return {
    status: response.statusCode,
    body: isJson && response.body ? response.json() : {},
    headers: response.headers,
    text: response.body,
  };
}
