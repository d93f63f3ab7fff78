"use client";
import { useQuery } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { Section } from "#ui/section.tsx";
import { useTestVersions } from "./queries.ts";

/** Who changed the definition, when, and which parts of it. */
export function TestVersions({ code, version }: { code: string; version: number }) {
  const query = useQuery(useTestVersions(code));
  return (
    <Section title="Changes">
      <DataTable
        caption="Changes of the definition"
        columns={[
          { key: "version", header: "Version", width: "90px", align: "right", cell: (row) => row.version },
          { key: "at", header: "When", width: "180px", cell: (row) => <DateTime at={row.changedAt} /> },
          { key: "by", header: "By", width: "220px", cell: (row) => <bdi>{row.changedByName ?? "Not known"}</bdi> },
          {
            key: "what",
            header: "Changed",
            cell: (row) => (row.changed.length > 0 ? row.changed.map(words).join(", ") : "Added"),
          },
        ]}
        rows={query.data?.items}
        rowKey={(row) => String(row.version)}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        skeletonRows={2}
        empty={{ title: "Nothing was changed here.", hint: `It is version ${version}, as it came with the catalogue.` }}
      />
    </Section>
  );
}

/** `turnaroundStat` as `turnaround stat`. */
const words = (field: string) => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
