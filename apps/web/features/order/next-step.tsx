"use client";
import { nextStatuses, type Order } from "@infirmary/shared/order";
import { Button } from "@mantine/core";
import Link from "next/link";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import type { Column } from "#ui/data-table.tsx";
import { say } from "#ui/toast-store.ts";
import { useMoveOrder } from "./use-move-order.ts";

/** The one thing the lab does next with an order: start it, or upload its results. */
export function NextStep({ order }: { order: Order }) {
  const { permissions, can } = useMe();
  const { move, isBusy } = useMoveOrder();
  const what = `${order.testName}, ${order.orderNumber}`;
  if (order.status === "ORDERED" && nextStatuses("ORDERED", permissions).includes("IN_PROGRESS")) {
    const start = () =>
      move(order, { status: "IN_PROGRESS" }).catch((error: unknown) => say(`Not started. ${apiError(error).title}`));
    return (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Start ${what}`}
        loading={isBusy}
        onClick={() => void start()}
      >
        Start
      </Button>
    );
  }
  if (order.status === "IN_PROGRESS" && can("result.upload")) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        component={Link}
        href={`/upload?orderId=${order.id}`}
        aria-label={`Upload results of ${what}`}
      >
        Upload
      </Button>
    );
  }
  return null;
}

export const nextStepColumn: Column<Order> = {
  key: "next",
  header: "Next step",
  width: "96px",
  nowrap: true,
  cell: (order) => <NextStep order={order} />,
};
