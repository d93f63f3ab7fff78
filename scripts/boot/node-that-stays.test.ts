import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { root } from "../setup/project.ts";
import { nodeThatStays } from "./node-that-stays.mjs";
import { runtimePath } from "./runtime.mjs";

it("runs npm on a copy of the Node that npm is about to remove", () => {
  const node = nodeThatStays(root, runtimePath(root));
  expect(node.program.startsWith(root)).toBe(false);
  expect(node.path.startsWith(dirname(node.program))).toBe(true);
  expect(execFileSync(node.program, ["--version"], { encoding: "utf8" }).trim()).toMatch(/^v24\./);
  node.discard();
  expect(existsSync(node.program)).toBe(false);
});

it("uses a Node that stands elsewhere as it is", () => {
  expect(nodeThatStays("/nowhere").program).toBe(process.execPath);
});
