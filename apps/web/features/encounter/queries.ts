"use client";
import type { EncounterList } from "@infirmary/shared/encounter";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useEncounterList = (input: Partial<EncounterList>) =>
  useTRPC().encounter.list.queryOptions(input, { placeholderData: keepPreviousData });

export const useEncounter = (id: string) => useTRPC().encounter.get.queryOptions({ id });

export const useCreateEncounter = () => useTRPC().encounter.create.mutationOptions();
export const useCheckIn = () => useTRPC().encounter.checkIn.mutationOptions();
export const useStartConsult = () => useTRPC().encounter.startConsult.mutationOptions();
export const useCancelEncounter = () => useTRPC().encounter.cancel.mutationOptions();
export const useCloseEncounter = () => useTRPC().encounter.close.mutationOptions();
export const useWriteAssessment = () => useTRPC().encounter.assessment.mutationOptions();
export const useWritePlan = () => useTRPC().encounter.plan.mutationOptions();

/** What is still open; asked anew whenever the list is opened. */
export const useBlockers = (id: string) => useTRPC().encounter.blockers.queryOptions({ id }, { staleTime: 0 });

export const useEncounterKeys = () => {
  const { encounter } = useTRPC();
  return { all: encounter.pathKey(), get: (id: string) => encounter.get.queryKey({ id }) };
};

/** Fetches a visit ahead of the click. */
export function useEncounterPrefetch() {
  const queries = useQueryClient();
  const { encounter } = useTRPC();
  return (id: string) => void queries.prefetchQuery(encounter.get.queryOptions({ id }));
}
