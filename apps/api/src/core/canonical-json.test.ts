import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

describe("canonical JSON (RFC 8785)", () => {
  it("writes the example of RFC 8785, 3.2.3, in the order of UTF-16 code units", () => {
    const value = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    expect([...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name)).toEqual([
      "Carriage Return",
      "One",
      "Control",
      "Latin Small Letter O With Diaeresis",
      "Euro Sign",
      "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh",
    ]);
  });

  it("writes numbers and literals as ECMAScript does", () => {
    expect(canonicalJson([1e30, 4.5, 2e-3, 1e-27, -0, null, true])).toBe("[1e+30,4.5,0.002,1e-27,0,null,true]");
  });

  it("leaves out what JSON has no word for, and writes dates and half pairs as they arrive", () => {
    expect(canonicalJson({ b: undefined, a: new Date(0), c: "\ud800" })).toBe(
      '{"a":"1970-01-01T00:00:00.000Z","c":"\ufffd"}',
    );
  });

  it("is the same for every order of members, and holds the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = canonicalJson(value);
        const there = JSON.parse(text) as unknown;
        expect(canonicalJson(there)).toBe(text);
        expect(canonicalJson(reversed(there))).toBe(text);
      }),
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
