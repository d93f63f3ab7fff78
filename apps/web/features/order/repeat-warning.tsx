"use client";
import type { Order, OrderStatus } from "@infirmary/shared/order";
import { DateTime } from "#ui/date-time.tsx";
import classes from "./order-form.module.css";

const nowWords: Record<OrderStatus, string> = {
  ORDERED: "not started",
  IN_PROGRESS: "in progress",
  COMPLETED: "waiting for review",
  REVIEWED: "reviewed",
  CANCELLED: "cancelled",
};

/** Says that the same test is on its way already or waits for review. It advises: a repeat can be meant. */
export function RepeatWarning({ repeats }: { repeats: readonly Order[] }) {
  const [latest, ...others] = repeats;
  if (!latest) return null;
  return (
    <div className={classes.warning} role="status">
      <p>
        <strong>Ordered already:</strong> {latest.testName},{" "}
        <a href={`/orders/${latest.id}`} target="_blank" rel="noreferrer">
          {latest.orderNumber}
        </a>
        , on <DateTime at={latest.orderedAt} /> by {latest.orderedByName}, now {nowWords[latest.status]}
        {others.length > 0 && `, and ${others.length} more`}.
      </p>
      <p>Order it again only if a second sample is meant.</p>
    </div>
  );
}
