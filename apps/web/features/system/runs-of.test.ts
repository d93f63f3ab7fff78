import { expect, it } from "vitest";
import { runsOf } from "./runs-of.ts";

const at = (minute: number) => ({ at: new Date(Date.UTC(2026, 0, 1, 9, minute)).toISOString() });

it("does not join points between which nothing was told", () => {
  const runs = runsOf([at(0), at(1), at(5), at(6)], 90_000);
  expect(runs).toEqual([
    [at(0), at(1)],
    [at(5), at(6)],
  ]);
  expect(runsOf([], 1)).toEqual([]);
});
