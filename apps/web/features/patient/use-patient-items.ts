"use client";
import { formatMrn, type Patient } from "@infirmary/shared/patient";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { birthAndAge, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import type { PaletteItem } from "#ui/command-palette.tsx";
import { searchMin, usePatientSearch } from "./queries.ts";

/** How many patients a palette lists; the patients screen shows the rest. */
const shown = 8;

/** Patients that match what is typed, as lines of a palette; `choose` gets the one that is taken. */
export function usePatientItems(query: string, isOn: boolean, choose: (patient: Patient) => void) {
  const { timeZone } = useMe();
  const [q] = useDebouncedValue(query.trim(), 120);
  const isSearch = isOn && q.length >= searchMin && query.trim().length >= searchMin;
  const found = useQuery(usePatientSearch(isSearch ? q : "", { limit: shown }));
  const today = todayIn(timeZone);
  const items: PaletteItem[] = (isSearch ? (found.data?.items ?? []) : []).map((patient) => ({
    id: patient.id,
    label: patientName(patient),
    detail: `${birthAndAge(patient.dateOfBirth, today)} · MRN ${formatMrn(patient.mrn)}`,
    run: () => choose(patient),
  }));
  return {
    items,
    isLoading: isSearch && found.isFetching,
    isNothing: isSearch && !found.isFetching && found.data?.items.length === 0,
    error: isSearch && found.error ? apiError(found.error).title : null,
  };
}
