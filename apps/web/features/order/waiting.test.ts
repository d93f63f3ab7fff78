import { describe, expect, it } from "vitest";
import { formatMinutes, waitingOf } from "./waiting.ts";

const at = (minutes: number) => Date.parse("2026-11-22T08:00:00Z") + minutes * 60_000;
const order = { orderedAt: "2026-11-22T08:00:00Z", priority: "STAT", status: "ORDERED" } as const;

describe("waitingOf", () => {
  it("calls a STAT order overdue after an hour, and says by how much", () => {
    expect(waitingOf(order, at(60)).overdueMinutes).toBeNull();
    expect(waitingOf(order, at(75))).toEqual({ age: "1 h 15 min", overdueMinutes: 15 });
  });
  it("gives a routine order a day", () => {
    expect(waitingOf({ ...order, priority: "ROUTINE" }, at(1440)).overdueMinutes).toBeNull();
    expect(waitingOf({ ...order, priority: "ROUTINE" }, at(1441)).overdueMinutes).toBe(1);
  });
  it("never calls an order overdue that needs nothing more from the lab", () => {
    for (const status of ["COMPLETED", "REVIEWED", "CANCELLED"] as const)
      expect(waitingOf({ ...order, status }, at(9999)).overdueMinutes).toBeNull();
  });
  it("shows no negative age where a clock is behind", () => {
    expect(waitingOf(order, at(-5)).age).toBe("0 min");
  });
});

describe("formatMinutes", () => {
  it("changes units where the smaller one stops meaning something", () => {
    expect([59, 60, 125, 1439, 1440, 6000].map(formatMinutes)).toEqual([
      "59 min",
      "1 h 00 min",
      "2 h 05 min",
      "23 h 59 min",
      "1 d 0 h",
      "4 d 4 h",
    ]);
  });
});
