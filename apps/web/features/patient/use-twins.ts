"use client";
import type { PatientDuplicate } from "@infirmary/shared/patient";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";
import { lookup } from "./duplicate-lookup.ts";
import type { PatientDraft } from "./patient-draft.ts";

/** Matches so close that registering again is almost surely a mistake. */
const close: ReadonlySet<PatientDuplicate["matches"][number]> = new Set(["ssn", "name-and-birth-date"]);

/**
 * Looks up who is registered under the same identifier, or the same name and birth date. A look-up that fails finds
 * nobody: it advises, and the API refuses the same identifier anyway.
 */
export function useTwins() {
  const queries = useQueryClient();
  const { patient } = useTRPC();
  return async (draft: PatientDraft): Promise<PatientDuplicate[]> => {
    const input = lookup(draft);
    if (!input) return [];
    try {
      const { items } = await queries.fetchQuery(patient.duplicates.queryOptions(input));
      return items.filter(({ matches }) => matches.some((match) => close.has(match)));
    } catch {
      return [];
    }
  };
}
