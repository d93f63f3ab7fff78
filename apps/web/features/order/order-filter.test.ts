import { describe, expect, it } from "vitest";
import { countOf, inputOf, type OrderFilter, sortingOf, sortOf } from "./order-filter.ts";

const filter: OrderFilter = { tab: "all", priority: "", mine: false, q: " ", sort: "newest" };

describe("inputOf", () => {
  it("asks for nothing but the sort where nothing is filtered", () => {
    expect(inputOf(filter)).toEqual({ sort: "newest" });
  });
  it("asks for ordered and started orders where the open ones are wanted", () => {
    expect(inputOf({ ...filter, tab: "open", priority: "STAT", mine: true, q: " L00 " })).toEqual({
      sort: "newest",
      status: ["ORDERED", "IN_PROGRESS"],
      priority: "STAT",
      mine: true,
      q: "L00",
    });
  });
});

describe("sortOf", () => {
  it("finds back the order a head shows", () => {
    for (const sort of ["newest", "oldest", "worklist", "review"] as const) expect(sortOf(sortingOf(sort))).toBe(sort);
  });
});

describe("countOf", () => {
  const counts = { ORDERED: 2, IN_PROGRESS: 3, COMPLETED: 5, REVIEWED: 7, CANCELLED: 11 };
  it("adds up what a tab of several states holds", () => {
    expect([countOf("open", counts), countOf("all", counts), countOf("COMPLETED", counts)]).toEqual([5, 28, 5]);
    expect(countOf("open", undefined)).toBeUndefined();
  });
});
