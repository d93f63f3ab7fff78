"use client";
import { nextStatuses, type Order, type OrderStatus } from "@infirmary/shared/order";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMe } from "#lib/session/me.tsx";
import { say, sayWithUndo } from "#ui/toast-store.ts";
import { useOrderKeys, useSetOrderStatus } from "./queries.ts";

/** A step, with the comment of a sign-off or the reason of a cancellation. */
export type OrderStep = { status: OrderStatus; comment?: string; reason?: string };

const done: Record<OrderStatus, string> = {
  ORDERED: "Ordered",
  IN_PROGRESS: "Started",
  COMPLETED: "Completed",
  REVIEWED: "Signed off",
  CANCELLED: "Cancelled",
};

/**
 * Moves an order a step on and says so. The version read goes along, so that nobody acts on what has changed since.
 * Undo is offered where the table of steps has a way back for this person.
 */
export function useMoveOrder() {
  const { permissions } = useMe();
  const queries = useQueryClient();
  const keys = useOrderKeys();
  const mutation = useMutation(useSetOrderStatus());
  const settle = (order: Order) => {
    queries.setQueryData(keys.get(order.id), order);
    void queries.invalidateQueries({ queryKey: keys.all });
  };
  const move = async (order: Order, step: OrderStep) => {
    const { id } = order;
    const moved = await mutation.mutateAsync({ id, version: order.version, ...step });
    settle(moved);
    const text = `${done[step.status]}: ${order.testName}, ${order.orderNumber}.`;
    const isReversible = nextStatuses(moved.status, permissions).includes(order.status);
    if (!isReversible) say(text);
    else {
      const back = { id, version: moved.version, status: order.status };
      sayWithUndo(text, async () => settle(await mutation.mutateAsync(back)));
    }
    return moved;
  };
  return { move, isBusy: mutation.isPending, error: mutation.error, forget: mutation.reset };
}
