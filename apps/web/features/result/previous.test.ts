import { expect, it } from "vitest";
import { previousOf } from "./previous.ts";

const point = (at: string, value: string) => ({
  at,
  value,
  number: Number(value),
  unit: null,
  abnormalFlag: null,
  referenceRange: null,
  orderId: "o",
});
const points = [
  point("2026-11-01T08:00:00Z", "4.0"),
  point("2026-11-02T08:00:00Z", "4.1"),
  point("2026-11-03T08:00:00Z", "4.2"),
  point("2026-11-04T08:00:00Z", "6.9"),
];

it("gives what came before, newest first, and neither the value itself nor later ones", () => {
  const shown = { observedAt: "2026-11-03T08:00:00Z", filedAt: "2026-11-05T08:00:00Z" };
  expect(previousOf(points, shown, 3).map(({ value }) => value)).toEqual(["4.1", "4.0"]);
});
it("goes by the filing where no time of observation was sent", () => {
  const shown = { observedAt: null, filedAt: "2026-11-05T08:00:00Z" };
  expect(previousOf(points, shown, 3).map(({ value }) => value)).toEqual(["6.9", "4.2", "4.1"]);
});
