import { expect, it } from "vitest";
import { staleAfter } from "./stale-after.ts";

it("makes results, orders and the bell stale when a result is filed", () => {
  expect(staleAfter("result.filed")).toEqual([["result"], ["order"], ["notification"], ["criticalCall"]]);
});
it("makes a whole capability stale for an event it does not know", () => {
  expect(staleAfter("specimen.rejected")).toEqual([["specimen"]]);
});
