"use client";
import { formatMrn, genderNames } from "@infirmary/shared/patient";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { birthAndAge, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { SearchList } from "#ui/search-list.tsx";
import classes from "./pick-patient.module.css";
import { searchMin, usePatientSearch } from "./queries.ts";

/** Finds the patient something is for. */
export function PickPatient({ onPick }: { onPick: (id: string) => void }) {
  const { timeZone } = useMe();
  const [query, setQuery] = useState("");
  const [q] = useDebouncedValue(query.trim(), 120);
  const isAsked = q.length >= searchMin;
  const found = useQuery(usePatientSearch(isAsked ? q : "", { limit: 10 }));
  const items = isAsked ? (found.data?.items ?? []) : [];
  return (
    <div className={classes.pick}>
      <SearchList
        label="Patient"
        description="Name, MRN, phone or birth date"
        isAutoFocused
        query={query}
        onQuery={setQuery}
        isLoading={found.isFetching}
        items={items.map((patient) => ({
          id: patient.id,
          label: <bdi>{patientName(patient)}</bdi>,
          detail: `${birthAndAge(patient.dateOfBirth, todayIn(timeZone))} · ${genderNames[patient.gender]} · MRN ${formatMrn(patient.mrn)}`,
        }))}
        onPick={onPick}
        message={
          found.error
            ? apiError(found.error).title
            : isAsked && found.data && items.length === 0
              ? "Nobody found. Check the spelling, or try the MRN."
              : null
        }
      />
    </div>
  );
}
