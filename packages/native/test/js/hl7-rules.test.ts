import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("rules.inc and issues.inc are what hl7.txt says", () => {
  const compile = fileURLToPath(new URL("../../src/hl7val/rules/compile.ts", import.meta.url));
  const run = spawnSync(process.execPath, [compile, "--check"], { encoding: "utf8" });
  expect(run.stderr).toBe("");
  expect(run.status).toBe(0);
});
