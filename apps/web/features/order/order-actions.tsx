"use client";
import { nextStatuses, type Order } from "@infirmary/shared/order";
import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { useMoveOrder } from "./use-move-order.ts";

const CancelOrder = dynamic(() => import("./cancel-order.tsx").then((module) => module.CancelOrder));

type Props = { order: Order; banner: ReactNode };

/** The steps this person may take with the order, and no others. Signing off has a panel of its own, by the results. */
export function OrderActions({ order, banner }: Props) {
  const { permissions, can } = useMe();
  const { move, isBusy, error } = useMoveOrder();
  const [isCancelling, setIsCancelling] = useState(false);
  const steps = nextStatuses(order.status, permissions);
  const go = (status: "IN_PROGRESS" | "COMPLETED") => void move(order, { status }).catch(() => undefined);
  return (
    <>
      {error && <ErrorState error={apiError(error)} isCompact />}
      {can("order.create") && (
        <Button variant="default" component={Link} href={`/orders/new?patientId=${order.patientId}`}>
          Order another test
        </Button>
      )}
      {steps.includes("CANCELLED") && (
        <Button variant="default" onClick={() => setIsCancelling(true)}>
          Cancel order
        </Button>
      )}
      {can("result.enter") && order.status !== "CANCELLED" && (
        <Button variant="default" component={Link} href={`/bench/${order.id}`}>
          Enter results
        </Button>
      )}
      {can("result.upload") && order.status !== "CANCELLED" && (
        <Button variant="default" component={Link} href={`/upload?orderId=${order.id}`}>
          Upload results
        </Button>
      )}
      {steps.includes("COMPLETED") && order.counts.observations > 0 && (
        <Button variant="default" loading={isBusy} onClick={() => go("COMPLETED")}>
          Mark as complete
        </Button>
      )}
      {steps.includes("IN_PROGRESS") && (
        <Button loading={isBusy} onClick={() => go("IN_PROGRESS")}>
          Start
        </Button>
      )}
      {isCancelling && <CancelOrder order={order} banner={banner} onClose={() => setIsCancelling(false)} />}
    </>
  );
}
