import { describe, expect, it } from "vitest";
import { plainName, shortNames } from "./short-names.ts";

it("leaves out the property, never what is measured or how", () => {
  expect(plainName("Troponin I.cardiac [Mass/volume] in Serum or Plasma by High sensitivity method")).toBe(
    "Troponin I.cardiac in Serum or Plasma by High sensitivity method",
  );
  expect(plainName("Prothrombin time (PT)")).toBe("Prothrombin time (PT)");
});

describe("shortNames", () => {
  const serum = ["Sodium [Moles/volume] in Serum or Plasma", "Glucose [Mass/volume] in Serum or Plasma"];
  it("says a shared specimen once, above the rows, unless the panel says it already", () => {
    expect(shortNames("BMP", serum)).toEqual({ names: ["Sodium", "Glucose"], specimen: "Serum or Plasma" });
    expect(shortNames("Basic metabolic panel - Serum or Plasma", serum).specimen).toBeNull();
  });
  it("keeps specimens that differ: glucose in urine is not glucose in blood", () => {
    expect(shortNames("Glucose", [...serum, "Glucose [Mass/volume] in Urine"])).toEqual({
      names: ["Sodium in Serum or Plasma", "Glucose in Serum or Plasma", "Glucose in Urine"],
      specimen: null,
    });
  });
  it("keeps the specimen of a single value", () => {
    expect(shortNames("Potassium", ["Potassium [Moles/volume] in Serum or Plasma"]).names).toEqual([
      "Potassium in Serum or Plasma",
    ]);
  });
});
