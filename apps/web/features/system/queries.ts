"use client";
import type { LoadHours } from "@infirmary/shared/system";
import { keepPreviousData } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query of the system's page, as options for React Query; asked again by itself, because nobody announces a full disk. */
export const useSystemStatus = () => useTRPC().system.status.queryOptions(undefined, { refetchInterval: 15_000 });
export const useSystemLoad = (hours: LoadHours) =>
  useTRPC().system.load.queryOptions({ hours }, { refetchInterval: 60_000, placeholderData: keepPreviousData });
export const useJobs = () => useTRPC().system.jobs.queryOptions(undefined, { refetchInterval: 15_000 });

/** Repeating and discarding jobs, and the key of all that this changes. */
export function useJobChanges() {
  const { retryJob, discardJob, pathKey } = useTRPC().system;
  return { retry: retryJob.mutationOptions(), discard: discardJob.mutationOptions(), key: pathKey() };
}
