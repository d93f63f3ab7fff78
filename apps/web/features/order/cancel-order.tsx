"use client";
import { type Order, orderStatusInput } from "@infirmary/shared/order";
import { Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { useMoveOrder } from "./use-move-order.ts";

const reasonMax = orderStatusInput.shape.reason;
type Props = { order: Order; banner: ReactNode; onClose: () => void };

/** Cancels an order with a reason the lab reads. It cannot be taken back: the test is then ordered anew. */
export function CancelOrder({ order, banner, onClose }: Props) {
  const { move, isBusy, error } = useMoveOrder();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const confirm = async () => {
    if (reason.trim() === "") {
      setFault("Say why: the lab may be working on it already.");
      return;
    }
    const checked = reasonMax.safeParse(reason);
    if (!checked.success) {
      setFault(checked.error.issues[0]?.message ?? null);
      return;
    }
    await move(order, { status: "CANCELLED", reason: reason.trim() });
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={`Cancel order ${order.orderNumber}?`}
      confirmLabel="Cancel the order"
      isBusy={isBusy}
      error={error && apiError(error)}
      onConfirm={() => void confirm().catch(() => undefined)}
      onClose={onClose}
    >
      {banner}
      <p>{order.testName} will not be done. This cannot be undone; order the test again if it is needed after all.</p>
      <Textarea
        data-autofocus
        label="Reason"
        rows={3}
        maxLength={500}
        value={reason}
        error={fault}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setFault(null);
        }}
      />
    </ConfirmDialog>
  );
}
