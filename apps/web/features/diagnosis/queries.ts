"use client";
import type { Encounter } from "@infirmary/shared/encounter";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Codes whose words match; the person's last ones for nothing typed. */
export const useCodeSearch = (q: string) =>
  useTRPC().diagnosis.codes.queryOptions({ q, limit: 20 }, { placeholderData: keepPreviousData, staleTime: 60_000 });

export const useFavourites = () => useTRPC().diagnosis.favourites.queryOptions(undefined, { staleTime: 60_000 });
export const useKeepFavourite = () => useTRPC().diagnosis.keepFavourite.mutationOptions();
export const useAddDiagnosis = () => useTRPC().diagnosis.add.mutationOptions();
export const useWithdrawDiagnosis = () => useTRPC().diagnosis.withdraw.mutationOptions();
export const useAddProblem = () => useTRPC().problem.add.mutationOptions();

/** Puts the changed visit where its screen looks for it, and has what depends on it fetch again. */
export function useDiagnosesChanged() {
  const queries = useQueryClient();
  const { encounter, diagnosis, problem } = useTRPC();
  return (visit?: Encounter) => {
    if (visit) queries.setQueryData(encounter.get.queryKey({ id: visit.id }), visit);
    for (const queryKey of [encounter.pathKey(), diagnosis.pathKey(), problem.pathKey()])
      void queries.invalidateQueries({ queryKey });
  };
}
