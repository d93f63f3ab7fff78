import { expect, it } from "vitest";
import { unitText } from "./unit-text.ts";

it("takes the braces off a word, and leaves every unit as it was sent", () => {
  expect(["{INR}", "mmol/L", "10*3/uL", "{cells}/uL", "{}", ""].map(unitText)).toEqual([
    "INR",
    "mmol/L",
    "10*3/uL",
    "{cells}/uL",
    "{}",
    "",
  ]);
});
