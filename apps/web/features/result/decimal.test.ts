import { describe, expect, it } from "vitest";
import { decimalParts, decimalWidths } from "./decimal.ts";

describe("decimalParts", () => {
  it("cuts before the point and keeps trailing zeros, which say how exact a result is", () => {
    expect(decimalParts("4.10")).toEqual({ head: "4", tail: ".10" });
    expect(decimalParts("139")).toEqual({ head: "139", tail: "" });
  });
  it("puts the leading zero in that keeps .5 from being read as 5", () => {
    expect(decimalParts(".5")).toEqual({ head: "0", tail: ".5" });
    expect(decimalParts("<.01")).toEqual({ head: "<0", tail: ".01" });
    expect(decimalParts("-.5")).toEqual({ head: "-0", tail: ".5" });
  });
  it("keeps comparators with the number", () => {
    expect(decimalParts("> 100")).toEqual({ head: ">100", tail: "" });
    expect(decimalParts("<=0.3")).toEqual({ head: "<=0", tail: ".3" });
  });
  it("leaves alone what is no plain number", () => {
    for (const text of ["", ".", "-", "1:128", "Negative", "4,1", "1e5", "1.2.3", "12-14"])
      expect(decimalParts(text)).toBeNull();
  });
});

describe("decimalWidths", () => {
  it("is as wide as the widest part on each side", () => {
    expect(decimalWidths(["4.1", "139", "0.125", "Negative", null])).toEqual({ head: 3, tail: 4 });
    expect(decimalWidths([])).toEqual({ head: 0, tail: 0 });
  });
});
