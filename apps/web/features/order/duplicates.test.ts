import { describe, expect, it } from "vitest";
import { openRepeats } from "./duplicates.ts";

const order = (
  id: string,
  status: "ORDERED" | "IN_PROGRESS" | "COMPLETED" | "REVIEWED" | "CANCELLED",
  hour: number,
) => ({
  id,
  testCode: "2823-3",
  status,
  orderedAt: new Date(Date.UTC(2026, 10, 22, hour)).toISOString(),
});

describe("openRepeats", () => {
  it("finds orders of the same test that are not finished, newest first", () => {
    const orders = [order("a", "ORDERED", 6), order("b", "COMPLETED", 8), order("c", "IN_PROGRESS", 7)];
    expect(openRepeats(orders, "2823-3").map(({ id }) => id)).toEqual(["b", "c", "a"]);
  });
  it("does not warn of reviewed or cancelled orders, nor of another test", () => {
    expect(openRepeats([order("a", "REVIEWED", 6), order("b", "CANCELLED", 7)], "2823-3")).toEqual([]);
    expect(openRepeats([order("a", "ORDERED", 6)], "2345-7")).toEqual([]);
  });
});
