"use client";
import { type Order, type OrderStatus, orderStatusNames } from "@infirmary/shared/order";
import type { ReactNode } from "react";
import { DateTime } from "#ui/date-time.tsx";
import classes from "./order-steps.module.css";
import { isReopened } from "./status-text.tsx";

type Step = { status: OrderStatus; isDone: boolean; isNow: boolean; detail: ReactNode };

/** The order's way so far: each state, when it was reached where that is known, and by whom. */
export function OrderSteps({ order }: { order: Order }) {
  return (
    <ol className={classes.steps} aria-label="State of the order">
      {stepsOf(order).map(({ status, isDone, isNow, detail }) => (
        <li key={status} className={classes.step} data-done={isDone} aria-current={isNow ? "step" : undefined}>
          <span className={classes.mark} aria-hidden="true">
            {isNow ? "●" : isDone ? "✓" : "○"}
          </span>
          <span className={classes.name}>{orderStatusNames[status]}</span>
          <span className={classes.detail}>{isDone || isNow ? detail : "Not yet"}</span>
        </li>
      ))}
    </ol>
  );
}

const path = ["ORDERED", "IN_PROGRESS", "COMPLETED", "REVIEWED"] as const;

function stepsOf(order: Order): Step[] {
  const { status, review } = order;
  if (status === "CANCELLED") {
    return [
      { status: "ORDERED", isDone: true, isNow: false, detail: <DateTime at={order.orderedAt} /> },
      {
        status,
        isDone: true,
        isNow: true,
        detail: (
          <>
            <DateTime at={order.updatedAt} />
            {order.cancelReason && <q className={classes.comment}>{order.cancelReason}</q>}
          </>
        ),
      },
    ];
  }
  const at = path.indexOf(status);
  const details: Record<(typeof path)[number], ReactNode> = {
    ORDERED: <DateTime at={order.orderedAt} />,
    IN_PROGRESS: at > 1 ? "Done" : "The lab is working on it",
    COMPLETED: order.completedAt ? (
      <>
        Results since <DateTime at={order.completedAt} />
        {isReopened(order) && " · changed after a sign-off"}
      </>
    ) : (
      "Results are there"
    ),
    REVIEWED: review && (
      <>
        <DateTime at={review.reviewedAt} /> by {review.reviewedByName}
        {review.comment && <q className={classes.comment}>{review.comment}</q>}
      </>
    ),
  };
  return path.map((step, index) => ({
    status: step,
    isDone: index < at || status === "REVIEWED",
    isNow: index === at,
    detail: details[step],
  }));
}
