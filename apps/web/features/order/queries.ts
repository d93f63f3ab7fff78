"use client";
import type { OrderList, OrderStatus } from "@infirmary/shared/order";
import { keepPreviousData, skipToken, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useOrderList = (input: Partial<OrderList>) =>
  useTRPC().order.list.queryOptions(input, { placeholderData: keepPreviousData });

export const useOrder = (id: string) => useTRPC().order.get.queryOptions({ id });

export const useOrderCounts = (input: { mine?: boolean } = {}) =>
  useTRPC().order.counts.queryOptions(input, { placeholderData: keepPreviousData });

/** The patient's orders in these states, newest first; nothing while no patient is known. */
export const useOrdersOfPatient = (patientId: string | null, status?: OrderStatus[]) =>
  useTRPC().order.list.queryOptions(
    patientId ? { patientId, limit: 100, sort: "newest", ...(status ? { status } : {}) } : skipToken,
  );

/** Tests of the catalogue whose words match; the usual ones for nothing typed. */
export const useTestSearch = (q: string) =>
  useTRPC().catalog.search.queryOptions({ q, limit: 20 }, { placeholderData: keepPreviousData, staleTime: 300_000 });

export const useCreateOrder = () => useTRPC().order.create.mutationOptions();
export const useSetOrderStatus = () => useTRPC().order.setStatus.mutationOptions();

/** Fetches an order ahead of the click. */
export function useOrderPrefetch() {
  const queries = useQueryClient();
  const { order } = useTRPC();
  return (id: string) => void queries.prefetchQuery(order.get.queryOptions({ id }));
}

export const useOrderKeys = () => {
  const { order } = useTRPC();
  return { all: order.pathKey(), get: (id: string) => order.get.queryKey({ id }) };
};

/** How many tests of each kind were completed between two days, both included. */
export const useOrderVolume = (period: { from: string; to: string } | null) =>
  useTRPC().order.volume.queryOptions(period ?? skipToken, { placeholderData: keepPreviousData });
