import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "@infirmary/db/client";
import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";
import { AccessPolicy, PolicyError } from "./access/policy.ts";
import { breachedPasswordsIn } from "./breached/breached-passwords.ts";
import { CallLimits } from "./call-limits/call-limits.ts";
import { type ApiEnv, EnvError } from "./env.ts";
import { fileStoreOf } from "./files/file-store-of.ts";
import { FieldKeys } from "./keys/field-keys.ts";
import { fileKeyEncryption } from "./keys/key-encryption.ts";
import { LiveHub } from "./live.ts";
import { Meter } from "./meter/meter.ts";
import type { Platform } from "./platform.ts";
import { ReadLog } from "./read-log.ts";
import { Readiness } from "./readiness.ts";
import { accessTokens } from "./session/access-token.ts";
import { forgetsSessions, SessionCache } from "./session/session-cache.ts";

/** What a process is made of, from its environment. `close` lets go of the database. */
export async function buildPlatform(env: ApiEnv, name: string): Promise<Platform & { close(): Promise<void> }> {
  const log = logger(env.LOG_LEVEL, name);
  const policy = readPolicy(env.ACCESS_POLICY_FILE);
  const database = openDatabase(env.DATABASE_APP_URL, { applicationName: name });
  const now = () => new Date();
  const sessions = new SessionCache(database, now);
  const live = new LiveHub({ pool: database.pool, listenUrl: env.DATABASE_APP_URL, log });
  live.onEvent((event) => {
    if (forgetsSessions(event.name)) sessions.forget(event.tenantId);
  });
  const keys = openFieldKeys(database.pool, { fieldKeys: env.FIELD_KEYS_FILE, indexKey: env.INDEX_KEY_FILE });
  const calls = new CallLimits({ pool: database.pool, log });
  const auditKey = readKey(env.AUDIT_MAC_KEY_FILE);
  return {
    database,
    keys,
    calls,
    breachedPasswords: breachedPasswordsIn(
      env.BREACHED_PASSWORDS_FILE ?? join(env.INFIRMARY_DATA, "breached-passwords.bin"),
      { isOptional: env.BREACHED_PASSWORDS_FILE === undefined },
    ),
    files: fileStoreOf(env),
    auditKey,
    readLog: new ReadLog({ pool: database.pool, key: auditKey, keys }),
    log,
    live,
    sessions,
    policy,
    accessTokens: await accessTokens(readFileSync(env.ACCESS_TOKEN_KEY_FILE, "utf8"), env.ACCESS_TOKEN_TTL_SECONDS),
    settings: {
      publicOrigin: new URL(env.PUBLIC_URL).origin,
      sessionSecret: env.SESSION_SECRET,
      refreshTtlSeconds: env.REFRESH_TOKEN_TTL_SECONDS,
      trustProxy: env.TRUST_PROXY,
      calls: {
        perUserMinute: env.CALLS_PER_USER_PER_MINUTE,
        perTenantMinute: env.CALLS_PER_TENANT_PER_MINUTE,
        searchesMinute: env.SEARCHES_PER_USER_PER_MINUTE,
        uploadsMinute: env.UPLOADS_PER_USER_PER_MINUTE,
        uploadBytesDay: env.UPLOAD_MEBIBYTES_PER_TENANT_PER_DAY * 1024 * 1024,
      },
      metricsToken: env.METRICS_TOKEN_FILE ? readFileSync(env.METRICS_TOKEN_FILE, "utf8").trim() : null,
      dataFolder: env.INFIRMARY_DATA,
      backupFolder: env.BACKUP_FOLDER ?? join(env.INFIRMARY_DATA, "backups"),
      mllpCertificateFile: env.MLLP_TLS_CERT_FILE ?? null,
    },
    readiness: new Readiness(),
    meter: new Meter(),
    now,
    async close() {
      await calls.close();
      await live.stop();
      await keys.close();
      await database.close();
    },
  };
}

/** The access policy; a broken one keeps the process from starting, with line and column. */
function readPolicy(file: string | undefined): AccessPolicy {
  try {
    return AccessPolicy.read(file);
  } catch (error) {
    if (error instanceof PolicyError || (error as { code?: string }).code === "ENOENT")
      throw new EnvError(`The access policy is broken: ${(error as Error).message}`);
    throw error;
  }
}

/** The keys that seal fields and make search tokens, from the installation's files. */
export function openFieldKeys(pool: Database["pool"], files: { fieldKeys: string; indexKey: string }): FieldKeys {
  return new FieldKeys({
    pool,
    encryption: fileKeyEncryption(files.fieldKeys),
    indexKey: readKey(files.indexKey),
  });
}

/** A key of 32 bytes, from its file in base64. */
export function readKey(file: string): Uint8Array {
  const key = new Uint8Array(Buffer.from(readFileSync(file, "utf8").trim(), "base64"));
  if (key.length !== 32) throw new Error(`The key in ${file} must have 32 bytes, in base64.`);
  return key;
}

/** JSON lines that hold ids and codes. Of an error only what cannot carry a patient's data: name, code and where it arose. */
export function logger(level: string, name: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name,
    level,
    base: { name, pid: process.pid },
    serializers: { err: safeError, req: () => undefined, res: () => undefined },
    redact: { paths: ["*.password", "*.authorization", "*.cookie", "*.access", "*.refresh"], remove: true },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A database's error message can quote the values of a row, so messages stay out and the stack keeps its places only. */
function safeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    code: typeof code === "string" ? code : null,
    at: places.slice(0, 8).map((line) => line.trim()),
  };
}
