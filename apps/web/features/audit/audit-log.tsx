"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { useListState } from "#ui/list-state.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { AuditActions } from "./audit-actions.tsx";
import { auditColumns } from "./audit-columns.tsx";
import { AuditDetails } from "./audit-details.tsx";
import { type FilterDraft, filterOf, noFilter } from "./audit-filter.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { useAuditList } from "./queries.ts";

const pageSize = 50;
type Props = {
  /** Where a link from a person or a patient starts; empty keeps the filter of the last visit. */
  initial: Partial<FilterDraft>;
  patientPicker: (filter: FilterDraft, onFilter: (patch: Partial<FilterDraft>) => void) => ReactNode;
};

/** Who did or saw what, newest first. Looking at it is itself recorded. */
export function AuditLog({ initial, patientPicker }: Props) {
  const list = useListState<FilterDraft>("audit", noFilter, Object.keys(initial).length > 0 ? initial : undefined);
  const [openId, setOpenId] = useState<string | null>(null);
  const query = useQuery(
    useAuditList({ limit: pageSize, ...filterOf(list.filter), ...(list.cursor ? { cursor: list.cursor } : {}) }),
  );
  const next = query.data?.nextCursor;
  return (
    <>
      <PageHeader
        title="Audit"
        description="Every change and every look at a patient's data. Entries are never changed; months are exported and deleted seven years after their end."
        actions={<AuditActions />}
      />
      <AuditFilters
        filter={list.filter}
        onFilter={list.setFilter}
        onClear={list.reset}
        isFiltered={Object.keys(filterOf(list.filter)).length > 0}
        patientPicker={patientPicker(list.filter, list.setFilter)}
      />
      <DataTable
        caption="Audit log"
        columns={auditColumns(openId, setOpenId)}
        rows={query.data?.items}
        rowKey={(entry) => entry.id}
        expanded={(entry) => (entry.id === openId ? <AuditDetails entry={entry} /> : null)}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={{ title: "No entries match.", hint: "Clear the filters, or take a longer time." }}
        paging={{
          page: list.page,
          hasNext: Boolean(next),
          onNext: () => next && list.next(next),
          onPrevious: list.previous,
        }}
        skeletonRows={20}
        isStale={query.isPlaceholderData}
      />
    </>
  );
}
