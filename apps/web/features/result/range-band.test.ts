import { describe, expect, it } from "vitest";
import { isWithin, rangeBand } from "./range-band.ts";

describe("rangeBand", () => {
  it("reads a plain low-high however it is spaced", () => {
    for (const text of ["3.5-5.1", "3.5 - 5.1", " 3.5 to 5.1 ", "3.5–5.1", "(3.5-5.1)", "[3.5 - 5.1]"])
      expect(rangeBand(text)).toEqual({ low: 3.5, high: 5.1 });
  });
  it("tells a minus from a dash", () => {
    expect(rangeBand("-2-2")).toEqual({ low: -2, high: 2 });
    expect(rangeBand("-3.0 - -1.0")).toEqual({ low: -3, high: -1 });
    expect(rangeBand("-2.0-+3.0")).toEqual({ low: -2, high: 3 });
  });
  it("reads a range that is open on one side", () => {
    expect(rangeBand("<5.0")).toEqual({ low: null, high: 5 });
    expect(rangeBand(">= 60")).toEqual({ low: 60, high: null });
  });
  it("draws no band for words, for several ranges or for ends the wrong way round", () => {
    for (const text of [null, "", "Negative", "M: 3-5; F: 2-4", "5-3", "3.5-5.1 mmol/L", "1:40", "3,5-5,1"])
      expect(rangeBand(text)).toBeNull();
  });
});

describe("isWithin", () => {
  it("counts the ends as inside", () => {
    const band = { low: 3.5, high: 5.1 };
    expect([3.4, 3.5, 5.1, 5.2].map((value) => isWithin(value, band))).toEqual([false, true, true, false]);
    expect(isWithin(1e9, { low: 60, high: null })).toBe(true);
  });
});
