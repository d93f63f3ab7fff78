"use client";
import type { Encounter } from "@infirmary/shared/encounter";
import { useQuery } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { useListState } from "#ui/list-state.ts";
import { columnsOfPatient } from "./encounter-columns.tsx";
import { useEncounterList, useEncounterPrefetch } from "./queries.ts";

/** A patient's visits, latest first, for the chart. @param limit how many a page shows */
export function PatientEncounters({ patientId, limit }: { patientId: string; limit: number }) {
  const list = useListState(`encounters-of-${patientId}-${limit}`, {});
  const query = useQuery(useEncounterList({ patientId, limit, cursor: list.cursor }));
  const prefetch = useEncounterPrefetch();
  const nextCursor = query.data?.nextCursor ?? null;
  return (
    <DataTable<Encounter>
      caption="Visits of this patient"
      columns={columnsOfPatient}
      rows={query.data?.items}
      rowKey={({ id }) => id}
      rowTone={({ status }) => (status === "CANCELLED" ? "muted" : undefined)}
      error={query.error && apiError(query.error)}
      onRetry={() => void query.refetch()}
      empty={{ title: "This patient has had no visit yet.", hint: "Plan one with the button above, or press v." }}
      isStale={query.isPlaceholderData}
      paging={{
        page: list.page,
        hasNext: nextCursor !== null,
        onNext: () => nextCursor && list.next(nextCursor),
        onPrevious: list.previous,
      }}
      skeletonRows={Math.min(limit, 4)}
      onPreview={({ id }) => prefetch(id)}
    />
  );
}
