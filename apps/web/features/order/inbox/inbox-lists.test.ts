import type { Order } from "@infirmary/shared/order";
import { describe, expect, it } from "vitest";
import { batchable, inboxOf, neighbourOf } from "./inbox-lists.ts";

const order = (id: string, changes: Partial<Order> = {}) =>
  ({
    id,
    status: "COMPLETED",
    version: 3,
    review: null,
    counts: { observations: 5, abnormal: 0, critical: 0, pending: 0 },
    ...changes,
  }) as Order;
const counts = (changes: Partial<Order["counts"]>) => ({
  observations: 5,
  abnormal: 0,
  critical: 0,
  pending: 0,
  ...changes,
});
const ids = (orders: readonly Order[]) => orders.map(({ id }) => id);

describe("inboxOf", () => {
  it("leads with partial results that are critical already, and leaves other partial ones out", () => {
    const partial = [
      order("p", { status: "IN_PROGRESS", counts: counts({ critical: 1 }) }),
      order("q", { status: "IN_PROGRESS" }),
    ];
    expect(ids(inboxOf([order("a"), order("b")], partial, new Map()))).toEqual(["p", "a", "b"]);
  });
  it("puts what changed after a sign-off before everything but criticals", () => {
    const review = { reviewedByName: "x", reviewedAt: "x", comment: null };
    const orders = [order("c", { counts: counts({ critical: 1, abnormal: 1 }) }), order("a"), order("r", { review })];
    expect(ids(inboxOf(orders, [], new Map()))).toEqual(["c", "r", "a"]);
  });
  it("leaves out what was just signed, and shows it again when a correction reopens it", () => {
    const signed = new Map([["a", 4]]);
    expect(ids(inboxOf([order("a"), order("b")], [], signed))).toEqual(["b"]);
    expect(ids(inboxOf([order("a", { version: 5 }), order("b")], [], signed))).toEqual(["a", "b"]);
  });
});

it("goes on to the next row, and back to the one before from the last", () => {
  const orders = [order("a"), order("b"), order("c")];
  expect(neighbourOf(orders, "b")).toBe("c");
  expect(neighbourOf(orders, "c")).toBe("b");
  expect(neighbourOf([order("a")], "a")).toBeNull();
});

it("takes into a batch only what is complete, without a flag, and was not signed before", () => {
  const orders = [
    order("normal"),
    order("abnormal", { counts: counts({ abnormal: 1 }) }),
    order("pending", { counts: counts({ pending: 1 }) }),
    order("empty", { counts: counts({ observations: 0 }) }),
    order("reopened", { review: { reviewedByName: "x", reviewedAt: "x", comment: null } }),
    order("partial", { status: "IN_PROGRESS" }),
  ];
  expect(ids(batchable(orders))).toEqual(["normal"]);
});
