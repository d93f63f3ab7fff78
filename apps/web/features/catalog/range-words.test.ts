import type { LabTestRange } from "@infirmary/shared/catalog";
import { describe, expect, it } from "vitest";
import { criticalText, whoText } from "./range-words.ts";

const range = (changes: Partial<LabTestRange>): LabTestRange => ({
  id: "r",
  sex: null,
  condition: null,
  ageFromDays: 0,
  ageToDays: 60_000,
  low: null,
  high: null,
  criticalLow: null,
  criticalHigh: null,
  normalText: null,
  validFrom: null,
  validTo: null,
  ...changes,
});

describe("a range in words", () => {
  it("says whom it is for", () => {
    expect(whoText(range({}))).toBe("Everybody");
    expect(whoText(range({ sex: "female", ageFromDays: 18 * 365, condition: "pregnant" }))).toBe(
      "Women, 18 y and older, pregnant",
    );
    expect(whoText(range({ ageToDays: 15 }))).toBe("Everybody, younger than 15 d");
    expect(whoText(range({ sex: "male", ageFromDays: 365, ageToDays: 6 * 365 }))).toBe("Men, 1 y to 6 y");
  });

  it("says from where a value is critical", () => {
    expect(criticalText(range({ criticalLow: "2.8", criticalHigh: "6.2" }))).toBe("at or below 2.8, at or above 6.2");
    expect(criticalText(range({}))).toBe("None");
  });
});
