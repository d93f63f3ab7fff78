import { expect, it } from "vitest";
import { celsiusTyped, emptyDraft, faultOf, inputOf, numberOf } from "./vitals-draft.ts";

it("reads numbers as people type them, and nothing else", () => {
  expect(["36.8", "36,8", " 120 ", "", "12a", "-3", "1e3", "."].map(numberOf)).toEqual([
    36.8,
    36.8,
    120,
    null,
    null,
    null,
    null,
    null,
  ]);
});

it("says what is impossible in the unit that was chosen", () => {
  expect(faultOf({ ...emptyDraft, bloodPressureSystolic: "900" }, "bloodPressureSystolic")).toBe(
    "Possible is 30 to 320 mmHg.",
  );
  expect(faultOf({ ...emptyDraft, temperature: "98.6" }, "temperature")).toBe("Possible is 24 to 45 °C.");
  const fahrenheit = { ...emptyDraft, temperatureUnit: "F" } as const;
  expect(faultOf({ ...fahrenheit, temperature: "98.6" }, "temperature")).toBeNull();
  expect(celsiusTyped({ ...fahrenheit, temperature: "98.6" })).toBe(37);
  expect(faultOf({ ...fahrenheit, temperature: "37" }, "temperature")).toBe("Possible is 75 to 113 °F.");
  expect(faultOf(emptyDraft, "pulse")).toBeNull();
});

it("sends a child's fields for a child only, and the flow only with oxygen", () => {
  const draft = { ...emptyDraft, capillaryRefillSeconds: "2", respiratoryEffort: "mild", oxygenFlow: "3" } as const;
  expect(inputOf(draft, { isChild: false })).not.toHaveProperty("capillaryRefillSeconds");
  expect(inputOf(draft, { isChild: true })).toMatchObject({ capillaryRefillSeconds: 2, respiratoryEffort: "mild" });
  expect(inputOf(draft, { isChild: true })).not.toHaveProperty("oxygenFlow");
  expect(inputOf({ ...draft, onOxygen: true }, { isChild: true })).toMatchObject({ oxygenFlow: 3 });
});
