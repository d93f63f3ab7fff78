import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { envSchema, readApiEnv, readEnv, readMllpEnv, readWorkerEnv } from "./env.ts";

const root = join(import.meta.dirname, "../../../..");
const folder = mkdtempSync(join(tmpdir(), "infirmary-env-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe(".env.example", () => {
  const text = readFileSync(join(root, ".env.example"), "utf8");
  const listed = [...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name = "", value = ""]) => ({
    name,
    value,
  }));

  it("lists every variable once, and none that does not exist", () => {
    expect(listed.map(({ name }) => name).sort()).toEqual(Object.keys(envSchema.shape).sort());
  });

  it("shows the default that applies", () => {
    const defaults = envSchema.parse({});
    for (const { name, value } of listed) {
      const actual = defaults[name as keyof typeof defaults];
      if (actual !== undefined) expect(`${name}=${value}`).toBe(`${name}=${[actual].flat().join(",")}`);
    }
  });

  it("says what each is for", () => {
    for (const { name } of listed) expect(text).toMatch(new RegExp(`^# .{20,}\\n(# .*\\n)*#?${name}=`, "m"));
  });
});

describe("readEnv", () => {
  it("needs nothing, and an empty value is no value", () => {
    expect(readEnv({ PORT: "", LOG_LEVEL: undefined })).toMatchObject({ PORT: 3000, LOG_LEVEL: "info" });
  });

  it("derives the public address from the port", () => {
    expect(readEnv({ PORT: "3100" }).PUBLIC_URL).toBe("http://localhost:3100");
  });

  it.each([
    [{ PORT: "abc" }, "The environment variable PORT must be a port number from 1 to 65535."],
    [{ PORT: "0" }, "The environment variable PORT must be a port number from 1 to 65535."],
    [{ API_PORT: "70000" }, "The environment variable API_PORT must be a port number from 1 to 65535."],
    [{ API_PORT: "4000.5" }, "The environment variable API_PORT must be a port number from 1 to 65535."],
    [{ API_PORT: "4190" }, "The environment variable API_PORT must be another port: browsers refuse this one."],
    [{ DATABASE_URL: "mysql://x" }, "The environment variable DATABASE_URL must be a postgresql:// connection string."],
    [{ LOG_LEVEL: "loud" }, "The environment variable LOG_LEVEL must be fatal, error,"],
    [{ INFIRMARY_DEMO: "yes" }, "The environment variable INFIRMARY_DEMO must be 0 or 1."],
    [{ SESSION_SECRET: "short" }, "The environment variable SESSION_SECRET must have at least 32 characters."],
    [{ TRUST_PROXY: "10.0.0.0/33" }, "The environment variable TRUST_PROXY must be a list of IP addresses"],
    [{ TRUST_PROXY: "2" }, "The environment variable TRUST_PROXY must be a list of IP addresses"],
  ])("refuses %o with a sentence that names it", (source, sentence) => {
    expect(() => readEnv(source)).toThrow(sentence);
  });

  it("never shows a secret it refuses", () => {
    const secret = "postgres//owner:hunter2@db";
    expect(() => readEnv({ DATABASE_URL: secret })).toThrow(expect.not.stringContaining("hunter2"));
  });

  it("reads the session secret from a file, and names the variable when it cannot", () => {
    const path = join(folder, "secret");
    writeFileSync(path, `${"s".repeat(40)}\n`);
    expect(readEnv({ SESSION_SECRET_FILE: path }).SESSION_SECRET).toBe("s".repeat(40));
    expect(() => readEnv({ SESSION_SECRET_FILE: join(folder, "none") })).toThrow("SESSION_SECRET_FILE names a file");
  });
});

describe("readApiEnv", () => {
  const whole = {
    DATABASE_APP_URL: "postgresql://infirmary_app:x@127.0.0.1:5432/infirmary",
    SESSION_SECRET: "s".repeat(32),
    ACCESS_TOKEN_KEY_FILE: "a",
    FIELD_KEYS_FILE: "b",
    INDEX_KEY_FILE: "c",
    AUDIT_MAC_KEY_FILE: "d",
  };

  it.each(Object.keys(whole))("does not start without %s", (name) => {
    expect(() => readApiEnv({ ...whole, [name]: undefined })).toThrow(`The environment variable ${name} is missing`);
  });

  it("lets MLLP leave this machine only under TLS", () => {
    const mllp = { ...whole, MLLP_PORT: "2575" };
    const tls = { MLLP_TLS_KEY_FILE: "k", MLLP_TLS_CERT_FILE: "c", MLLP_TLS_CA_FILE: "a" };
    expect(() => readMllpEnv(whole)).toThrow("The environment variable MLLP_PORT is missing");
    expect(readMllpEnv(mllp).MLLP_PORT).toBe(2575);
    expect(() => readMllpEnv({ ...mllp, MLLP_ADDRESS: "0.0.0.0" })).toThrow("MLLP_ADDRESS is 0.0.0.0");
    expect(() => readMllpEnv({ ...mllp, MLLP_TLS_KEY_FILE: "k" })).toThrow("must all be set");
    expect(readMllpEnv({ ...mllp, ...tls, MLLP_ADDRESS: "0.0.0.0" }).MLLP_ADDRESS).toBe("0.0.0.0");
  });

  it("takes a whole one", () => {
    expect(readApiEnv(whole).DATABASE_APP_URL).toBe(whole.DATABASE_APP_URL);
  });

  it("asks the worker, and nobody else, for the key that seals the audit log", () => {
    expect(() => readWorkerEnv(whole)).toThrow("The environment variable AUDIT_SEAL_KEY_FILE is missing");
    expect(readWorkerEnv({ ...whole, AUDIT_SEAL_KEY_FILE: "e" }).AUDIT_SEAL_KEY_FILE).toBe("e");
  });
});
