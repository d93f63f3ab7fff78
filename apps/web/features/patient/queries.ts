"use client";
import type { DuplicateInput, PatientList } from "@infirmary/shared/patient";
import { keepPreviousData, skipToken, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Shortest text worth a search. */
export const searchMin = 2;

/** Every query and change of the capability, as options for React Query. */
export const usePatientList = (input: Partial<PatientList>) =>
  useTRPC().patient.list.queryOptions(input, { placeholderData: keepPreviousData });

export const usePatientSearch = (q: string, input: { limit: number; cursor?: string | undefined }) =>
  useTRPC().patient.search.queryOptions(q.trim().length >= searchMin ? { q: q.trim(), ...input } : skipToken, {
    placeholderData: keepPreviousData,
  });

/** Patients of other facilities who are exactly meant; nothing for who may not break the glass. */
export const useElsewhere = (q: string | null) =>
  useTRPC().patient.searchElsewhere.queryOptions(q && q.trim().length >= searchMin ? { q: q.trim() } : skipToken);

export const usePatient = (id: string) => useTRPC().patient.get.queryOptions({ id });

/** Fetches a chart ahead of the click. */
export function usePatientPrefetch() {
  const queries = useQueryClient();
  const { patient } = useTRPC();
  return (id: string) => void queries.prefetchQuery(patient.get.queryOptions({ id }));
}

export const useDuplicates = (input: DuplicateInput | null) =>
  useTRPC().patient.duplicates.queryOptions(input ?? skipToken, { placeholderData: keepPreviousData });

export const useCreatePatient = () => useTRPC().patient.create.mutationOptions();
export const useUpdatePatient = () => useTRPC().patient.update.mutationOptions();
export const useRemovePatient = () => useTRPC().patient.remove.mutationOptions();
export const useRestorePatient = () => useTRPC().patient.restore.mutationOptions();
export const useRevealSsn = () => useTRPC().patient.revealSsn.mutationOptions();

export const usePatientKeys = () => {
  const { patient } = useTRPC();
  return { all: patient.pathKey(), get: (id: string) => patient.get.queryKey({ id }) };
};

/** What the banner says of allergies. */
export const useAllergiesOf = (patientId: string) =>
  useTRPC().allergy.list.queryOptions({ patientId }, { staleTime: 60_000 });
