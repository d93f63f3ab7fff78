import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cutils } from "../../js/index.ts";
import { codeOf, keyOf } from "./cutils-fixtures.ts";

// The same files are run against the C library by test/c/cutils_cases.c.
const ring = new cutils.KeyRing({
  keys: [
    { id: 1, key: keyOf(0x11), state: "active" },
    { id: 2, key: keyOf(0x22), state: "decrypt-only" },
    { id: 3, key: keyOf(0), state: "destroyed" },
  ],
  indexKey: keyOf(0x44),
});

function casesOf(file: string): { title: string; lines: Record<string, string> }[] {
  const text = readFileSync(new URL(`../cases/cutils/${file}`, import.meta.url), "utf8");
  return [...text.matchAll(/^## (.+)\n\n```\n([^`]+)```$/gm)].map(([, title = "", block = ""]) => ({
    title,
    lines: Object.fromEntries(
      [...block.matchAll(/^(\w+):(?: (.*))?$/gm)].map(([, name, value]) => [name, value ?? ""]),
    ),
  }));
}

describe("golden envelopes", () => {
  it.each(casesOf("envelope.md"))("$title", ({ lines }) => {
    const [tenant = "", table = "", column = "", row = ""] = (lines.place ?? "").split(" | ");
    const sealed = Buffer.from(lines.sealed ?? "", "hex");
    const place = { tenant, table, column, row };
    if (lines.text !== undefined) {
      expect(ring.open(sealed, place)).toBe(lines.text);
      expect(ring.openMany([{ ...place, sealed }])).toEqual([lines.text]);
    } else {
      expect(codeOf(() => ring.open(sealed, place))).toBe(lines.code);
      expect(codeOf(() => ring.openMany([{ ...place, sealed }]))).toBe(lines.code);
    }
  });
});

describe("golden tokens", () => {
  it.each(casesOf("token.md"))("$title", ({ lines }) => {
    const { tenant = "", field = "", value = "", token } = lines;
    expect(ring.tokenHex(value, { tenant, field })).toBe(token);
  });
});
