import { z } from "zod";
import { can, type HeldPermissions, type Permission } from "../access/permission.ts";

export const orderStatuses = z.enum(["ORDERED", "IN_PROGRESS", "COMPLETED", "REVIEWED", "CANCELLED"]);
export type OrderStatus = z.infer<typeof orderStatuses>;

export const orderStatusNames: Record<OrderStatus, string> = {
  ORDERED: "Ordered",
  IN_PROGRESS: "In progress",
  COMPLETED: "To review",
  REVIEWED: "Reviewed",
  CANCELLED: "Cancelled",
};

/**
 * The life of a lab order: which step leads where and which permission it takes. Whatever is not here is refused.
 * `result.upload` steps happen when results are filed: a final one completes the order, a correction after the
 * sign-off reopens the review, because the doctor signed something else.
 */
export const orderMoves = {
  ORDERED: {
    IN_PROGRESS: ["order.process", "result.upload"],
    COMPLETED: ["result.upload"],
    CANCELLED: ["order.cancel"],
  },
  IN_PROGRESS: { COMPLETED: ["order.process", "result.upload"], CANCELLED: ["order.cancel"] },
  COMPLETED: { REVIEWED: ["order.review"] },
  REVIEWED: { COMPLETED: ["result.upload"] },
  CANCELLED: {},
} as const satisfies Record<OrderStatus, Partial<Record<OrderStatus, readonly Permission[]>>>;

/** The steps a person with these permissions may ask for by name (those of filing results happen by filing). */
export function nextStatuses(from: OrderStatus, held: HeldPermissions): OrderStatus[] {
  return (Object.entries(orderMoves[from]) as [OrderStatus, readonly Permission[]][])
    .filter(([, permissions]) =>
      permissions.some((permission) => permission !== "result.upload" && can(held, permission)),
    )
    .map(([to]) => to);
}
