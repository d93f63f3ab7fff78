import { readFileSync } from "node:fs";
import { openDatabase } from "@infirmary/db/client";
import { cutils } from "@infirmary/native";
import { type Logger, pino } from "pino";
import { z } from "zod";
import type { ApiEnv } from "./env.ts";
import { LiveHub } from "./live.ts";
import type { Platform } from "./platform.ts";
import { Readiness } from "./readiness.ts";
import { accessTokens } from "./session/access-token.ts";
import { SessionCache } from "./session/session-cache.ts";

const keyFile = z.object({
  keys: z
    .array(z.object({ id: z.int().min(0), state: z.enum(["active", "decrypt-only", "destroyed"]), key: z.base64() }))
    .min(1)
    .max(256),
});

/** What a process is made of, from its environment. `close` lets go of the database. */
export async function buildPlatform(env: ApiEnv, name: string): Promise<Platform & { close(): Promise<void> }> {
  const log = logger(env.LOG_LEVEL, name);
  const database = openDatabase(env.DATABASE_APP_URL, { applicationName: name });
  const now = () => new Date();
  const sessions = new SessionCache(database, now);
  const live = new LiveHub({ pool: database.pool, listenUrl: env.DATABASE_APP_URL, log });
  live.onEvent((event) => {
    if (event.name === "session.ended") sessions.forget(event.tenantId);
  });
  const keys = readKeyRing(env.FIELD_KEYS_FILE, env.INDEX_KEY_FILE);
  return {
    database,
    keys,
    auditKey: readKey(env.AUDIT_MAC_KEY_FILE),
    log,
    live,
    sessions,
    accessTokens: await accessTokens(readFileSync(env.ACCESS_TOKEN_KEY_FILE, "utf8"), env.ACCESS_TOKEN_TTL_SECONDS),
    settings: {
      publicOrigin: new URL(env.PUBLIC_URL).origin,
      sessionSecret: env.SESSION_SECRET,
      refreshTtlSeconds: env.REFRESH_TOKEN_TTL_SECONDS,
      trustProxy: env.TRUST_PROXY,
    },
    readiness: new Readiness(),
    now,
    async close() {
      await live.stop();
      await database.close();
      keys.dispose();
    },
  };
}

/** The keys that seal fields and make search tokens, from their files. */
export function readKeyRing(fieldKeysFile: string, indexKeyFile: string): InstanceType<typeof cutils.KeyRing> {
  const { keys } = keyFile.parse(JSON.parse(readFileSync(fieldKeysFile, "utf8")));
  return new cutils.KeyRing({
    keys: keys.map(({ id, state, key }) => ({ id, state, key: new Uint8Array(Buffer.from(key, "base64")) })),
    indexKey: readKey(indexKeyFile),
  });
}

/** A key of 32 bytes, from its file in base64. */
function readKey(file: string): Uint8Array {
  const key = new Uint8Array(Buffer.from(readFileSync(file, "utf8").trim(), "base64"));
  if (key.length !== 32) throw new Error(`The key in ${file} must have 32 bytes, in base64.`);
  return key;
}

/** JSON lines that hold ids and codes. Of an error only what cannot carry a patient's data: name, code and where it arose. */
export function logger(level: string, name: string): Logger {
  return pino({
    name,
    level,
    base: { name, pid: process.pid },
    serializers: { err: safeError, req: () => undefined, res: () => undefined },
    redact: { paths: ["*.password", "*.authorization", "*.cookie", "*.access", "*.refresh"], remove: true },
  });
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
