"use client";
import type { AuditList } from "@infirmary/shared/audit";
import { keepPreviousData } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query of the audit log, as options for React Query. */
export const useAuditList = (input: Partial<AuditList>) =>
  useTRPC().audit.list.queryOptions(input, { placeholderData: keepPreviousData });
/** The state of the log, asked again every ten seconds. */
export const useAuditStatus = () => useTRPC().audit.status.queryOptions(undefined, { refetchInterval: 10_000 });
export const useAuditHolds = () => useTRPC().audit.holds.queryOptions();

/** Placing and releasing holds, and the key of what that changes. */
export function useHoldChanges() {
  const { placeHold, releaseHold, holds } = useTRPC().audit;
  return { place: placeHold.mutationOptions(), release: releaseHold.mutationOptions(), key: holds.pathKey() };
}
export const useAuditActions = () => useTRPC().audit.actions.queryOptions(undefined, { staleTime: 5 * 60_000 });
export const useAuditPeople = () => useTRPC().audit.people.queryOptions(undefined, { staleTime: 5 * 60_000 });
