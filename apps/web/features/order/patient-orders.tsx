"use client";
import type { Order } from "@infirmary/shared/order";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { useNow } from "#ui/use-now.ts";
import { columnsOfPatient } from "./order-columns.tsx";
import { useOrderPrefetch, useOrdersOfPatient } from "./queries.ts";

/** A patient's lab orders, newest first, for the chart. */
export function PatientOrders({ patientId }: { patientId: string }) {
  const { can } = useMe();
  const now = useNow();
  const orders = useQuery(useOrdersOfPatient(patientId));
  const prefetch = useOrderPrefetch();
  return (
    <DataTable<Order>
      caption="Lab orders of this patient"
      columns={columnsOfPatient(now)}
      rows={orders.data?.items}
      rowKey={({ id }) => id}
      rowTone={({ status }) => (status === "CANCELLED" ? "muted" : undefined)}
      error={orders.error && apiError(orders.error)}
      onRetry={() => void orders.refetch()}
      empty={{
        title: "No lab test has been ordered for this patient.",
        ...(can("order.create") ? { hint: "Order one with the button above, or press n." } : {}),
      }}
      skeletonRows={4}
      onPreview={(order) => prefetch(order.id)}
    />
  );
}
