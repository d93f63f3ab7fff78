"use client";
import type { Order } from "@infirmary/shared/order";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type ApiError, apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { useOrder } from "./queries.ts";

type Props = {
  id: string;
  children: (order: Order) => ReactNode;
  /** What to show of a patient who is not in the person's care here. */
  outOfScope?: (error: ApiError) => ReactNode;
};

/** Fetches an order and hands it to the screen; says so when there is none or the API does not answer. */
export function OrderLoader({ id, children, outOfScope }: Props) {
  const order = useQuery(useOrder(id));
  if (order.data) return children(order.data);
  if (!order.error) return <PageSkeleton />;
  const error = apiError(order.error);
  if (error.code === "out-of-scope" && outOfScope) return outOfScope(error);
  if (error.code === "not-found" || error.code === "validation-failed") {
    return <EmptyState title="There is no such order." hint="Check the address, or look in the list of lab orders." />;
  }
  return <ErrorState error={error} onRetry={() => void order.refetch()} />;
}
