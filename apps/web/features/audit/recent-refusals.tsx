"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { Section } from "#ui/section.tsx";
import { refusalColumns } from "./audit-columns.tsx";
import { useAuditList } from "./queries.ts";

const shown = 10;

/** Who was refused what lately: a missing role, or somebody who should not try. */
export function RecentRefusals() {
  const query = useQuery(useAuditList({ outcome: "refused", limit: shown }));
  return (
    <Section title="Refused lately" actions={<Link href="/audit?outcome=refused">All refusals</Link>}>
      <DataTable
        caption="Refused lately"
        columns={refusalColumns}
        rows={query.data?.items}
        rowKey={(entry) => entry.id}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={{ title: "Nothing was refused." }}
        skeletonRows={5}
      />
    </Section>
  );
}
