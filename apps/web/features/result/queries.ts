"use client";
import { skipToken } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "#lib/trpc/client.ts";

/** Values the chart's grid fetches at a time. */
const valuesPerPage = 100;

/** Every query of the capability, as options for React Query. */
export const useResults = (orderId: string) => useTRPC().result.list.queryOptions({ orderId });

/** Makes the options for several orders, for `useQueries`. */
export function useResultsOptions() {
  const { result } = useTRPC();
  return (orderId: string) => result.list.queryOptions({ orderId });
}

/** Makes the options of the trend of a code of a patient; old values do not change, so a minute is fresh enough. */
export function useTrendOptions(patientId: string) {
  const { result } = useTRPC();
  return (code: string) => result.trend.queryOptions({ patientId, code }, { staleTime: 60_000 });
}

/** The trends of a panel's codes, in one request; without codes none. */
export const useTrendsOptions = (patientId: string, codes: string[]) =>
  useTRPC().result.trends.queryOptions(codes.length > 0 ? { patientId, codes } : skipToken, { staleTime: 60_000 });

export const useResultHistory = (observationId: string | null) =>
  useTRPC().result.history.queryOptions(observationId ? { observationId } : skipToken);

export const useOrderMessages = (orderId: string) => useTRPC().result.messages.queryOptions({ orderId });

export const useRawMessage = (messageId: string | null) =>
  useTRPC().result.rawMessage.queryOptions(messageId ? { messageId } : skipToken, {
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Makes the options of a raw message, for fetching it on a click. */
export function useRawMessageOptions() {
  const { result } = useTRPC();
  return (messageId: string) => result.rawMessage.queryOptions({ messageId });
}

/** A patient's values, a page at a time, last filed first. */
export const useResultsOfPatient = (patientId: string) =>
  useTRPC().result.byPatient.infiniteQueryOptions(
    { patientId, limit: valuesPerPage },
    { getNextPageParam: ({ nextCursor }) => nextCursor },
  );

/** Checks and files messages; called one after the other, outside React's cache. */
export const useResultClient = () => useTRPCClient().result;
export const useResultKeys = () => {
  const { result, order } = useTRPC();
  return [result.pathKey(), order.pathKey()];
};
