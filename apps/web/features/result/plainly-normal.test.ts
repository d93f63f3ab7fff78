import { expect, it } from "vitest";
import { isPlainlyNormal } from "./plainly-normal.ts";

const value = { value: "4.1", abnormalFlag: "N", referenceRange: "3.5-5.1", status: "F" };

it("takes the lab's own word for normal", () => {
  expect(isPlainlyNormal(value)).toBe(true);
  expect(isPlainlyNormal({ ...value, value: "No growth", abnormalFlag: "NEG", referenceRange: null })).toBe(true);
});
it("judges an unflagged number by its range, ends included", () => {
  expect(isPlainlyNormal({ ...value, abnormalFlag: null, value: "5.1" })).toBe(true);
  expect(isPlainlyNormal({ ...value, abnormalFlag: null, value: "5.2" })).toBe(false);
});
it("never calls a value normal that nobody and nothing says is normal", () => {
  expect(isPlainlyNormal({ ...value, abnormalFlag: null, referenceRange: null })).toBe(false);
  expect(isPlainlyNormal({ ...value, abnormalFlag: null, value: "Growth of E. coli" })).toBe(false);
  expect(isPlainlyNormal({ ...value, abnormalFlag: null, value: null })).toBe(false);
  expect(isPlainlyNormal({ ...value, abnormalFlag: "XX" })).toBe(false);
});
it("leaves out what is abnormal, not final, withdrawn or not obtained", () => {
  for (const abnormalFlag of ["H", "LL", "A"]) expect(isPlainlyNormal({ ...value, abnormalFlag })).toBe(false);
  for (const status of ["P", "I", "W", "D", "X"]) expect(isPlainlyNormal({ ...value, status })).toBe(false);
});
