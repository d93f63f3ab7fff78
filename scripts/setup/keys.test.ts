import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readEnv } from "../../apps/api/src/core/env.ts";
import { appPassword, ensureKeys } from "./keys.ts";

const folder = mkdtempSync(join(tmpdir(), "infirmary-keys-"));
const keys = join(folder, "keys");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("ensureKeys", () => {
  const made: string[] = [];
  const settings = ensureKeys(readEnv({}), keys, (name) => made.push(name));

  it("generates what the operator has not set, readable by the owner alone", () => {
    expect(made.sort()).toEqual([
      "access-token.pem",
      "audit-mac-key",
      "audit-seal.pem",
      "field-keys.json",
      "index-key",
      "metrics-token",
      "session-secret",
    ]);
    for (const name of made) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
    expect(statSync(keys).mode & 0o777).toBe(0o700);
  });

  it("generates keys of the right kind", () => {
    expect(createPrivateKey(readFileSync(settings.ACCESS_TOKEN_KEY_FILE, "utf8")).asymmetricKeyType).toBe("ed25519");
    const ring = JSON.parse(readFileSync(settings.FIELD_KEYS_FILE, "utf8"));
    expect(ring.keys).toEqual([{ id: 1, state: "active", key: expect.any(String) }]);
    for (const key of [ring.keys[0].key, readFileSync(settings.INDEX_KEY_FILE, "utf8").trim()]) {
      expect(Buffer.from(key, "base64")).toHaveLength(32);
    }
  });

  it("keeps them from then on", () => {
    const again: string[] = [];
    expect(ensureKeys(readEnv({}), keys, (name) => again.push(name))).toEqual(settings);
    expect(again).toEqual([]);
    expect(appPassword(keys)).toBe(appPassword(keys));
  });

  it("prefers the operator's", () => {
    const env = readEnv({ SESSION_SECRET: "s".repeat(32), INDEX_KEY_FILE: "/run/secrets/index" });
    expect(ensureKeys(env, keys, () => undefined)).toMatchObject({
      SESSION_SECRET: "s".repeat(32),
      INDEX_KEY_FILE: "/run/secrets/index",
    });
  });
});
