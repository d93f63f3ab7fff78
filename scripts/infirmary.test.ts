import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inProject } from "./setup/project.ts";

const run = (...args: string[]) =>
  spawnSync(process.execPath, [inProject("scripts/infirmary.mjs"), ...args], { encoding: "utf8" });
const listed = [...run("--help").stdout.matchAll(/^ {2}([a-z]+) +[A-Z]/gm)].map(([, name = ""]) => name);

it("lists its commands, each with help of its own and a file that does it", () => {
  expect(listed).toContain("doctor");
  const source = readFileSync(inProject("scripts/infirmary.mjs"), "utf8");
  for (const name of listed) {
    const { status, stdout } = run(name, "--help");
    expect([status, stdout], name).toEqual([0, expect.stringContaining(`npx infirmary ${name}`)]);
  }
  const files = [...source.matchAll(/"([a-z-]+)",?\s*\],/g)].map(([, file = ""]) => file);
  expect(files).toHaveLength(listed.length);
  for (const file of files) expect(existsSync(inProject(`scripts/commands/${file}.ts`)), file).toBe(true);
});

it("refuses a word it does not know, and shows those it knows", () => {
  const { status, stderr } = run("__proto__");
  expect(status).toBe(1);
  expect(stderr).toContain("There is no command __proto__.");
  expect(stderr).toContain("doctor");
});
