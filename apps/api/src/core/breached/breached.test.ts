import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { breachedPasswordsIn } from "./breached-passwords.ts";
import { writeList } from "./write-list.ts";

const folder = mkdtempSync(join(tmpdir(), "infirmary-breached-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex").toUpperCase();
const known = Array.from({ length: 5000 }, (_, index) => `a password seen in breach ${index}`);
const lines = known.map((password, index) => `${sha1(password)}:${index}`).sort();
const to = join(folder, "list.bin");
const list = breachedPasswordsIn(to, { isOptional: false });

it("knows every password of the file it was made of and no other, and leaves out what was seen too seldom", async () => {
  const from = join(folder, "ordered.txt");
  writeFileSync(from, `${lines.join("\r\n")}\r\n`);
  expect(await writeList(from, to, { seenMin: 1 })).toBe(4999);
  for (const index of [1, 2, 77, 2500, 4999]) expect(await list.has(known[index] ?? "")).toBe(true);
  expect(await list.has(known[0] ?? ""), "padding that nobody used").toBe(false);
  for (let index = 5000; index < 5200; index++)
    expect(await list.has(`a password seen in breach ${index}`)).toBe(false);
  expect(await writeList(from, to, { seenMin: 4000 })).toBe(1000);
  expect([await list.has(known[3999] ?? ""), await list.has(known[4000] ?? "")]).toEqual([false, true]);
});

it("takes a folder of ranges as well", async () => {
  const ranges = join(folder, "ranges");
  await mkdir(ranges);
  const byRange = Map.groupBy(lines, (line) => line.slice(0, 5));
  for (const [prefix, group] of byRange)
    writeFileSync(join(ranges, `${prefix}.txt`), group.map((line) => line.slice(5)).join("\n"));
  expect(await writeList(ranges, to, { seenMin: 1 })).toBe(4999);
  expect([await list.has(known[4321] ?? ""), await list.has("never seen before")]).toEqual([true, false]);
});

it("refuses what is no such list, and keeps the one before", async () => {
  const from = join(folder, "wrong.txt");
  for (const [text, says] of [
    ["hello\n", "line 1: this is no SHA-1"],
    [`${lines[1]}\n${lines[0]}\n`, "line 2: not in the order"],
  ] as const) {
    writeFileSync(from, text);
    await expect(writeList(from, to, { seenMin: 1 })).rejects.toThrow(says);
  }
  expect(await list.has(known[4321] ?? "")).toBe(true);
});

it("without a file there is no list; one that cannot be read lets nobody choose", async () => {
  const none = join(folder, "none.bin");
  expect(await breachedPasswordsIn(none, { isOptional: true }).has("anything")).toBe(false);
  await expect(breachedPasswordsIn(none, { isOptional: false }).has("anything")).rejects.toThrow("ENOENT");
  truncateSync(to, 263_000);
  const last = known.toSorted((a, b) => (sha1(a) < sha1(b) ? -1 : 1)).at(-1);
  await expect(list.has(last ?? "")).rejects.toThrow("cut off");
  writeFileSync(to, "not a list at all");
  await expect(list.has("anything")).rejects.toThrow("is none");
});
