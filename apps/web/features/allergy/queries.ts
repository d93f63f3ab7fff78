"use client";
import type { AllergyList } from "@infirmary/shared/allergy";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

export const useAllergies = (patientId: string) => useTRPC().allergy.list.queryOptions({ patientId });
export const useAddAllergy = () => useTRPC().allergy.add.mutationOptions();
export const useNoneKnown = () => useTRPC().allergy.noneKnown.mutationOptions();
export const useRefuteAllergy = () => useTRPC().allergy.refute.mutationOptions();

/** Puts the changed list where the banner and the panel look for it; what may close a visit changes with it. */
export function useAllergiesChanged(patientId: string) {
  const queries = useQueryClient();
  const { allergy, encounter } = useTRPC();
  return (list: AllergyList) => {
    queries.setQueryData(allergy.list.queryKey({ patientId }), list);
    void queries.invalidateQueries({ queryKey: encounter.blockers.pathKey() });
  };
}
