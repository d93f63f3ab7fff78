import { normaliseIcdCode } from "@infirmary/shared/diagnosis";
import { expect, it } from "vitest";
import { codePrefix, wordPrefixes } from "./search-codes.ts";

it("reads a code however it is written", () => {
  expect([" e119 ", "E11.9", "S72001A", "j00", "U07.1"].map(normaliseIcdCode)).toEqual([
    "E11.9",
    "E11.9",
    "S72.001A",
    "J00",
    "U07.1",
  ]);
  expect(["", "E", "E1", "11.9", "E11.9.1", "E11-9", "S72001AB9"].map(normaliseIcdCode)).toEqual(Array(7).fill(null));
});

it("knows the beginning of a code from a word", () => {
  expect(["e1", "E11.", "e119", "heart", "b12 deficiency"].map(codePrefix)).toEqual(["E1", "E11", "E11.9", null, null]);
});

it("asks for every word as a beginning, whatever signs stand between them", () => {
  expect(wordPrefixes("Heart FAIL")).toBe("heart:* & fail:*");
  expect(wordPrefixes("a|b & !c:*")).toBe("a:* & b:* & c:*");
  expect(wordPrefixes("-- &")).toBeNull();
});
