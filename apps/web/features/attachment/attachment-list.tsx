"use client";
import { type Attachment, mediaTypes } from "@infirmary/shared/attachment";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { useListState } from "#ui/list-state.ts";
import { saveBytes } from "#ui/save-bytes.ts";
import { sayWithUndo } from "#ui/toast-store.ts";
import classes from "./attachment.module.css";
import { useAttachmentList, useContent, useRemoveAttachment, useRestoreAttachment, useStale } from "./queries.ts";
import { sizeText } from "./size-text.ts";

type Props = { patientId: string; encounterId?: string };

/** The files of a patient, or of one visit; each is saved from here, never shown on this page. */
export function AttachmentList({ patientId, encounterId }: Props) {
  const { can } = useMe();
  const list = useListState(`attachments-of-${encounterId ?? patientId}`, {});
  const query = useQuery(
    useAttachmentList({ patientId, ...(encounterId ? { encounterId } : {}), limit: 10, cursor: list.cursor }),
  );
  const content = useContent();
  const save = useMutation({ mutationFn: content, onSuccess: saveBytes });
  const stale = useStale();
  const remove = useMutation(useRemoveAttachment());
  const restore = useMutation(useRestoreAttachment());
  const putAway = ({ id }: Attachment) =>
    remove.mutate(
      { id, patientId },
      {
        onSuccess: () => {
          stale();
          sayWithUndo("File put away.", async () => {
            await restore.mutateAsync({ id, patientId });
            stale();
          });
        },
      },
    );
  const error = save.error ?? remove.error;
  const nextCursor = query.data?.nextCursor ?? null;
  return (
    <div className={classes.stack}>
      {error && <ErrorState error={apiError(error)} isCompact />}
      <DataTable<Attachment>
        caption="Files"
        columns={columnsWith({
          onSave: ({ id }) => save.mutate(id),
          onPutAway: can("document.write") ? putAway : null,
        })}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={{ title: "No file is attached." }}
        isStale={query.isPlaceholderData}
        paging={{
          page: list.page,
          hasNext: nextCursor !== null,
          onNext: () => nextCursor && list.next(nextCursor),
          onPrevious: list.previous,
        }}
        skeletonRows={2}
      />
    </div>
  );
}

type Deeds = { onSave: (file: Attachment) => void; onPutAway: ((file: Attachment) => void) | null };

const columnsWith = ({ onSave, onPutAway }: Deeds): Column<Attachment>[] => [
  {
    key: "name",
    header: "File",
    cell: (file) => (
      <button
        type="button"
        className={classes.opener}
        data-row-main
        title="Save on this machine"
        onClick={() => onSave(file)}
      >
        <bdi>{file.fileName}</bdi>
      </button>
    ),
  },
  {
    key: "size",
    header: "Size",
    width: "112px",
    cell: ({ mediaType, sizeBytes }) => (
      <>
        {sizeText(sizeBytes)} <span className={classes.dim}>{mediaTypes[mediaType][0].toUpperCase()}</span>
      </>
    ),
  },
  { key: "by", header: "By", yields: "first", cell: ({ uploadedByName }) => uploadedByName },
  { key: "at", header: "Attached", width: "152px", cell: ({ uploadedAt }) => <DateTime at={uploadedAt} /> },
  ...(onPutAway
    ? [
        {
          key: "deeds",
          header: "",
          width: "96px",
          cell: (file: Attachment) => (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Put away ${file.fileName}`}
              onClick={() => onPutAway(file)}
            >
              Put away
            </Button>
          ),
        },
      ]
    : []),
];
