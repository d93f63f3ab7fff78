"use client";
import type { Encounter } from "@infirmary/shared/encounter";
import { useQueryClient } from "@tanstack/react-query";
import { useEncounterKeys } from "./queries.ts";

/** Puts a changed visit where the screens look for it, and has the lists fetch again. */
export function useSettle() {
  const queries = useQueryClient();
  const keys = useEncounterKeys();
  return (encounter: Encounter) => {
    queries.setQueryData(keys.get(encounter.id), encounter);
    void queries.invalidateQueries({ queryKey: keys.all });
    return encounter;
  };
}
