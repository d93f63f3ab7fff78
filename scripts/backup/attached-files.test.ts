import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { copyAttachedFiles } from "./attached-files.ts";

const folder = mkdtempSync(join(tmpdir(), "attached-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("copies each file once, whole ones only, and needs no folder to be there", () => {
  const [from, to] = [join(folder, "files"), join(folder, "copy")];
  expect(copyAttachedFiles(from, to)).toBe(0);
  mkdirSync(join(from, "tenant"), { recursive: true });
  writeFileSync(join(from, "tenant", "one"), "1");
  writeFileSync(join(from, "tenant", "two.part"), "2");
  expect([copyAttachedFiles(from, to), copyAttachedFiles(from, to)]).toEqual([1, 0]);
  expect(readFileSync(join(to, "tenant", "one"), "utf8")).toBe("1");
});
