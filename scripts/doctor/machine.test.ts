import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readEnv } from "../../apps/api/src/core/env.ts";
import { tell } from "./finding.ts";
import { certificate, lookAtMachine } from "./machine.ts";

const folder = mkdtempSync(join(tmpdir(), "infirmary-doctor-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const data = {
  path: folder,
  keys: join(folder, "keys"),
  logs: join(folder, "logs"),
  setupLog: join(folder, "logs", "setup.log"),
  lock: join(folder, "running.json"),
};
const stateOf = (env: Record<string, string>, name: string) =>
  lookAtMachine(readEnv(env), data, new Date()).find((finding) => finding.name === name)?.state;

it("finds keys that other accounts can read", () => {
  expect(stateOf({}, "Keys")).toBe("ok");
  mkdirSync(data.keys, { mode: 0o700 });
  writeFileSync(join(data.keys, "index-key"), "secret", { mode: 0o600 });
  expect(stateOf({}, "Keys")).toBe("ok");
  chmodSync(join(data.keys, "index-key"), 0o644);
  expect(stateOf({}, "Keys")).toBe("bad");
});

it("tells a trial from a hospital, and a hospital that is open to everybody", () => {
  const hospital = {
    NODE_ENV: "production",
    DATABASE_URL: "postgresql://owner@db/infirmary",
    PUBLIC_URL: "https://x.example",
  };
  expect(stateOf({}, "Purpose")).toBe("attention");
  expect(stateOf(hospital, "Purpose")).toBe("ok");
  expect(stateOf({ ...hospital, INFIRMARY_DEMO: "1" }, "Purpose")).toBe("bad");
  expect(stateOf({ ...hospital, PUBLIC_URL: "http://x.example" }, "Purpose")).toBe("bad");
});

it("says what to do about a certificate it cannot read, and nothing where there is none", () => {
  writeFileSync(join(folder, "broken.crt"), "no certificate");
  const [finding] = certificate("HL7 cert.", join(folder, "broken.crt"), new Date());
  expect(finding && tell(finding)).toMatch(
    /^ {2}bad {8}HL7 cert\..+cannot be read as a certificate\.\n +It has to be PEM/,
  );
  expect(certificate("HL7 cert.", undefined, new Date())).toEqual([]);
});
