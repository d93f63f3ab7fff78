import type { Order } from "@infirmary/shared/order";

/** An order as far as it matters for telling a repeat. */
export type EarlierOrder = Pick<Order, "id" | "testCode" | "status" | "orderedAt">;

/** Orders of the same test that are still on their way or wait for review, the newest first. They advise; they never block. */
export function openRepeats<T extends EarlierOrder>(orders: readonly T[], testCode: string): T[] {
  return orders
    .filter((order) => order.testCode === testCode && order.status !== "CANCELLED" && order.status !== "REVIEWED")
    .sort((a, b) => Date.parse(b.orderedAt) - Date.parse(a.orderedAt));
}
