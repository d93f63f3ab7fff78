import { type Order, type OrderStatus, orderStatusNames } from "@infirmary/shared/order";
import { StatusBadge, type Tone } from "#ui/status-badge.tsx";

const tones: Record<OrderStatus, Tone> = {
  ORDERED: "plain",
  IN_PROGRESS: "plain",
  COMPLETED: "accent",
  REVIEWED: "muted",
  CANCELLED: "muted",
};

/** The state of an order in a word. */
export function StatusText({ status }: { status: OrderStatus }) {
  return <StatusBadge tone={tones[status]}>{orderStatusNames[status]}</StatusBadge>;
}

/** Whether results changed after somebody signed them off: the earlier sign-off no longer holds. */
export const isReopened = ({ status, review }: Pick<Order, "status" | "review">) =>
  status === "COMPLETED" && review !== null;
