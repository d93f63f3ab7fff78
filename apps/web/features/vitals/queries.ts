"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** How many measurements a table and its plots show. */
const shown = 50;

/** The patient's vital signs, newest first, of one visit where it is named. */
export const useVitals = ({ patientId, encounterId }: { patientId: string; encounterId?: string }) =>
  useTRPC().vitals.list.queryOptions({ patientId, limit: shown, ...(encounterId ? { encounterId } : {}) });

export const useRecordVitals = () => useTRPC().vitals.record.mutationOptions();
export const useSetScale = () => useTRPC().vitals.setScale.mutationOptions();

/** Has everything that shows vital signs or a visit's score fetch again. */
export function useVitalsChanged() {
  const queries = useQueryClient();
  const { vitals, encounter } = useTRPC();
  return () => {
    void queries.invalidateQueries({ queryKey: vitals.pathKey() });
    void queries.invalidateQueries({ queryKey: encounter.pathKey() });
  };
}
