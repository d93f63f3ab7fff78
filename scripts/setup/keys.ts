import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "../../apps/api/src/core/env.ts";

/** What the processes are told about keys: files for those they read themselves, the secret that two of them share. */
export interface KeySettings {
  SESSION_SECRET: string;
  ACCESS_TOKEN_KEY_FILE: string;
  FIELD_KEYS_FILE: string;
  INDEX_KEY_FILE: string;
  AUDIT_MAC_KEY_FILE: string;
  METRICS_TOKEN_FILE: string;
  /** For the worker alone. */
  AUDIT_SEAL_KEY_FILE: string;
}

/**
 * The operator's keys where they are set, generated ones (mode 0600, in the data folder) where not. Losing the folder
 * loses every sealed field, which is why a generated key is worth a warning.
 * @param made is told the name of every key generated now
 */
export function ensureKeys(env: Env, folder: string, made: (name: string) => void): KeySettings {
  const file = (name: string, content: () => string) => {
    const path = join(folder, name);
    if (existsSync(path)) return path;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${content().trim()}\n`, { mode: 0o600 });
    made(name);
    return path;
  };
  return {
    SESSION_SECRET: env.SESSION_SECRET ?? readFileSync(file("session-secret", secret), "utf8").trim(),
    ACCESS_TOKEN_KEY_FILE: env.ACCESS_TOKEN_KEY_FILE ?? file("access-token.pem", ed25519),
    FIELD_KEYS_FILE: env.FIELD_KEYS_FILE ?? file("field-keys.json", fieldKeys),
    INDEX_KEY_FILE: env.INDEX_KEY_FILE ?? file("index-key", key),
    AUDIT_MAC_KEY_FILE: env.AUDIT_MAC_KEY_FILE ?? file("audit-mac-key", key),
    METRICS_TOKEN_FILE: env.METRICS_TOKEN_FILE ?? file("metrics-token", secret),
    AUDIT_SEAL_KEY_FILE: env.AUDIT_SEAL_KEY_FILE ?? file("audit-seal.pem", ed25519),
  };
}

/** The password of the role `infirmary_app`, kept beside the keys. */
export function appPassword(folder: string): string {
  const path = join(folder, "database-app-password");
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${secret()}\n`, { mode: 0o600 });
  }
  return readFileSync(path, "utf8").trim();
}

const secret = () => randomBytes(32).toString("hex");
const key = () => randomBytes(32).toString("base64");
const ed25519 = () => generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const fieldKeys = () => JSON.stringify({ keys: [{ id: 1, state: "active", key: key() }] }, null, 2);
