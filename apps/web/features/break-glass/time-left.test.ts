import { describe, expect, it } from "vitest";
import { timeLeft } from "./time-left.ts";

describe("time left", () => {
  it.each([
    [3_600_000, "60:00"],
    [3_599_001, "60:00"],
    [3_249_000, "54:09"],
    [1, "0:01"],
    [0, "0:00"],
    [-5_000, "0:00"],
  ])("of %i ms is %s", (ms, text) => expect(timeLeft(ms)).toBe(text));
});
