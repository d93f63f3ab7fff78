"use client";
import { type DocumentHead, documentKindNames } from "@infirmary/shared/document";
import { useQuery } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { useListState } from "#ui/list-state.ts";
import { StatusBadge } from "#ui/status-badge.tsx";
import classes from "./document.module.css";
import { useDocumentList } from "./queries.ts";
import { useOpenDocument } from "./use-open-document.ts";

type Props = { patientId: string; encounterId?: string; limit: number };

/** The documents of a patient, or of one visit, the latest first; each opens beside the screen. */
export function DocumentList({ patientId, encounterId, limit }: Props) {
  const { open } = useOpenDocument();
  const list = useListState(`documents-of-${encounterId ?? patientId}`, {});
  const query = useQuery(
    useDocumentList({ patientId, ...(encounterId ? { encounterId } : {}), limit, cursor: list.cursor }),
  );
  const nextCursor = query.data?.nextCursor ?? null;
  return (
    <DataTable<DocumentHead>
      caption="Documents"
      columns={columnsWith(open)}
      rows={query.data?.items}
      rowKey={({ id }) => id}
      error={query.error && apiError(query.error)}
      onRetry={() => void query.refetch()}
      empty={{ title: "Nothing has been written yet." }}
      isStale={query.isPlaceholderData}
      paging={{
        page: list.page,
        hasNext: nextCursor !== null,
        onNext: () => nextCursor && list.next(nextCursor),
        onPrevious: list.previous,
      }}
      skeletonRows={Math.min(limit, 3)}
    />
  );
}

const columnsWith = (open: (id: string) => void): Column<DocumentHead>[] => [
  {
    key: "kind",
    header: "Document",
    cell: ({ id, kind }) => (
      <button type="button" className={classes.opener} data-row-main onClick={() => open(id)}>
        {documentKindNames[kind]}
      </button>
    ),
  },
  {
    key: "state",
    header: "State",
    cell: ({ number, draftSavedAt }) => (
      <>
        {number > 0 && <StatusBadge>{number === 1 ? "Signed" : `Signed, version ${number}`}</StatusBadge>}{" "}
        {draftSavedAt && (
          <StatusBadge tone="accent">{number > 0 ? "Next version unsigned" : "Draft, not signed"}</StatusBadge>
        )}
      </>
    ),
  },
  {
    key: "by",
    header: "By",
    yields: "second",
    cell: ({ signedByName, draftSavedByName, authorName }) => signedByName ?? draftSavedByName ?? authorName,
  },
  {
    key: "at",
    header: "Signed or saved",
    width: "152px",
    cell: ({ signedAt, draftSavedAt, createdAt }) => <DateTime at={draftSavedAt ?? signedAt ?? createdAt} />,
  },
];
