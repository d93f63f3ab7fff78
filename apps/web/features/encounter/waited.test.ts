import { expect, it } from "vitest";
import { waitedMinutes, waitText } from "./waited.ts";

it("counts whole minutes and never below zero, where clocks differ", () => {
  const now = Date.parse("2026-11-02T09:00:00Z");
  expect(waitedMinutes("2026-11-02T08:52:10Z", now)).toBe(7);
  expect(waitedMinutes("2026-11-02T09:00:20Z", now)).toBe(0);
});

it("writes hours with minutes of two digits", () => {
  expect([waitText(7), waitText(60), waitText(125)]).toEqual(["7 min", "1 h 00 min", "2 h 05 min"]);
});
