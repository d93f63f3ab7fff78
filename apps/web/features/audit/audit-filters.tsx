"use client";
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { DateField } from "#ui/date-field.tsx";
import { FilterBar } from "#ui/filter-bar.tsx";
import { actionChoices, dayFault, exportPath, type FilterDraft } from "./audit-filter.ts";
import { useAuditActions, useAuditPeople } from "./queries.ts";

type Props = {
  filter: FilterDraft;
  onFilter: (patch: Partial<FilterDraft>) => void;
  onClear: () => void;
  isFiltered: boolean;
  /** Chooses a patient; composed by the page, because patients are another capability. */
  patientPicker: ReactNode;
};

const any = { value: "", label: "Any" };
const outcomes = [any, ...["success", "refused", "failed"].map((value) => ({ value, label: outcomeName(value) }))];

/** Who, which patient, what, how it ended, when; and the same as a CSV file. */
export function AuditFilters({ filter, onFilter, onClear, isFiltered, patientPicker }: Props) {
  const people = useQuery(useAuditPeople());
  const actions = useQuery(useAuditActions());
  return (
    <FilterBar
      isFiltered={isFiltered}
      onClear={onClear}
      actions={
        <Button component="a" variant="default" href={exportPath(filter)} download>
          Export as CSV
        </Button>
      }
    >
      <NativeSelect
        label="Person"
        value={filter.userId}
        data={[
          any,
          ...(people.data?.items ?? []).map(({ id, fullName, username }) => ({
            value: id,
            label: `${fullName} (${username})`,
          })),
        ]}
        onChange={(event) => onFilter({ userId: event.currentTarget.value })}
      />
      {patientPicker}
      <NativeSelect
        label="Action"
        value={filter.action}
        data={[any, ...actionChoices(actions.data?.items ?? [])]}
        onChange={(event) => onFilter({ action: event.currentTarget.value })}
      />
      <NativeSelect
        label="Outcome"
        value={filter.outcome}
        data={outcomes}
        onChange={(event) => onFilter({ outcome: event.currentTarget.value as FilterDraft["outcome"] })}
      />
      <DateField
        label="From day"
        w={120}
        placeholder="Any"
        value={filter.from}
        error={dayFault(filter.from)}
        onChange={(from) => onFilter({ from })}
      />
      <DateField
        label="To day"
        w={120}
        placeholder="Any"
        value={filter.to}
        error={dayFault(filter.to)}
        onChange={(to) => onFilter({ to })}
      />
    </FilterBar>
  );
}

/** How an outcome is said. */
export function outcomeName(outcome: string): string {
  return { success: "Done", refused: "Refused", failed: "Failed" }[outcome] ?? outcome;
}
