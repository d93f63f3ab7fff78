import type { Order } from "@infirmary/shared/order";
import classes from "./order.module.css";
import { formatMinutes, waitingOf } from "./waiting.ts";

/** How long ago it was ordered; amber, with the minutes it is late, once the lab is overdue. Nothing once nobody waits. */
export function Age({ order, now }: { order: Order; now: number }) {
  const { age, overdueMinutes } = waitingOf(order, now);
  if (order.status === "REVIEWED" || order.status === "CANCELLED") return null;
  if (overdueMinutes === null) return age;
  return <span className={classes.overdue}>{formatMinutes(overdueMinutes)} overdue</span>;
}
