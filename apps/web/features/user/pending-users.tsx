"use client";
import { useQuery } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { Section } from "#ui/section.tsx";
import { useUserList } from "./queries.ts";
import { pendingColumns } from "./user-columns.tsx";

const shown = 10;

/** Accounts that wait for an administrator. */
export function PendingUsers() {
  const query = useQuery(useUserList({ status: "PENDING", limit: shown }));
  return (
    <Section title="Accounts that wait for approval">
      <DataTable
        caption="Accounts that wait for approval"
        columns={pendingColumns}
        rows={query.data?.items}
        rowKey={(person) => person.id}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={{ title: "Nobody waits." }}
        skeletonRows={3}
      />
    </Section>
  );
}
