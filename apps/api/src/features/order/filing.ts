import type { OrderStatus } from "@infirmary/shared/order";

/** What filing results made of an order. */
export type FiledCounts = { observations: number; abnormal: number; critical: number; pending: number };

/**
 * The state an order has after results were filed: all final completes it, something pending keeps it in progress (once completed it
 * stays so and shows what is pending); any change after the sign-off reopens the review.
 */
export function statusAfterFiling(before: OrderStatus, counts: FiledCounts): OrderStatus {
  if (before === "COMPLETED" || before === "REVIEWED") return "COMPLETED";
  return counts.observations > 0 && counts.pending === 0 ? "COMPLETED" : "IN_PROGRESS";
}
