import { describe, expect, it } from "vitest";
import { unlikelyOf } from "./limits.ts";
import { flagOf, referenceRange } from "./reference.ts";
import { celsiusOf, vitalsInput } from "./vitals.ts";

const good = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8b01",
  bloodPressureSystolic: 120,
  bloodPressureDiastolic: 80,
  pulse: 70,
  temperature: 37,
  spo2: 98,
  respiratoryRate: 16,
  consciousness: "alert",
};
const faultsOf = (changes: object) =>
  vitalsInput.safeParse({ ...good, ...changes }).error?.issues.map(({ path, message }) => [path.join("."), message]) ??
  [];

describe("vital signs", () => {
  it("are refused with the range where they are impossible", () => {
    expect(faultsOf({ bloodPressureSystolic: 900 })).toEqual([
      ["bloodPressureSystolic", "Possible is 30 to 320 mmHg."],
    ]);
    expect(faultsOf({ temperature: 47 })).toEqual([["temperature", "Possible is 24 to 45 °C."]]);
    expect(faultsOf({ temperature: 37, temperatureUnit: "F" })).toEqual([["temperature", "Possible is 75 to 113 °F."]]);
    expect(faultsOf({ spo2: 101 })).toEqual([["spo2", "Possible is 30 to 100 %."]]);
    expect(faultsOf({ bloodPressureDiastolic: 130 })[0]?.[0]).toBe("bloodPressureDiastolic");
    expect(faultsOf({ pulse: 70.5 })).toEqual([["pulse", "Enter a whole number."]]);
  });

  it("take Fahrenheit, rounded to a tenth of a degree Celsius", () => {
    expect([celsiusOf(98.6, "F"), celsiusOf(100.4, "F"), celsiusOf(101.3, "F"), celsiusOf(37.25, "C")]).toEqual([
      37, 38, 38.5, 37.3,
    ]);
  });

  it("are unlikely by age: a pulse of 230 asks an adult's nurse, not an infant's", () => {
    expect(unlikelyOf({ pulse: 230 }, 40).map(({ measure }) => measure)).toEqual(["pulse"]);
    expect(unlikelyOf({ pulse: 230 }, 0)).toEqual([]);
    expect(
      unlikelyOf({ bloodPressureSystolic: 85, pulse: 135, temperature: 39.5, spo2: 85, respiratoryRate: 32 }, 60),
    ).toEqual([]);
  });

  it("are flagged by the range of the age, and the target of the oxygen scale", () => {
    expect(flagOf(130, referenceRange("pulse", 0))).toBeNull();
    expect(flagOf(130, referenceRange("pulse", 40))).toBe("H");
    expect(flagOf(90, referenceRange("spo2", 40))).toBe("L");
    expect(flagOf(90, referenceRange("spo2", 40, 2))).toBeNull();
  });
});
