"use client";
import type { Order } from "@infirmary/shared/order";
import { DateTime } from "#ui/date-time.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { useNow } from "#ui/use-now.ts";
import classes from "./order.module.css";
import { PriorityBadge } from "./priority-badge.tsx";
import { Age } from "./waiting-text.tsx";

/** What was ordered, by whom, when and why. */
export function OrderFacts({ order }: { order: Order }) {
  const now = useNow();
  const isWaiting = order.status !== "REVIEWED" && order.status !== "CANCELLED";
  return (
    <FactList
      facts={[
        ["Test", `${order.testName} (LOINC ${order.testCode})`],
        [
          "Order",
          <span key="v" className={classes.number}>
            {order.orderNumber}
          </span>,
        ],
        ["Priority", <PriorityBadge key="v" priority={order.priority} />],
        ["Ordered", <DateTime key="v" at={order.orderedAt} />],
        ...(isWaiting ? [["Age", <Age key="v" order={order} now={now} />] as const] : []),
        ["Ordered by", order.orderedByName],
        ["Facility", order.facilityName],
        ["Notes", order.notes ?? "None"],
      ]}
    />
  );
}
