"use client";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { say } from "#ui/toast-store.ts";
import { useResultKeys } from "../queries.ts";
import { ConfirmBar } from "./confirm-bar.tsx";
import { DropZone } from "./drop-zone.tsx";
import { uploadColumns } from "./upload-columns.tsx";
import { UploadDetails } from "./upload-details.tsx";
import { tally } from "./upload-row.ts";
import { uploadStore } from "./upload-store.ts";
import { useUploadApi } from "./use-upload-api.ts";

type Props = {
  /** The order the person came from: messages that name none are for it. */
  orderId: string | null;
  /** What is said of that order above the list. */
  banner: ReactNode;
};

/** Drops files, looks at what they hold, confirms; only then anything is filed. */
export function UploadScreen({ orderId, banner }: Props) {
  const { rows, progress } = useSyncExternalStore(uploadStore.subscribe, uploadStore.snapshot, uploadStore.snapshot);
  const api = useUploadApi();
  const queries = useQueryClient();
  const keys = useResultKeys();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  useWordOnLeaving();
  const confirm = async () => {
    await uploadStore.confirm(api);
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
  };
  const columns = uploadColumns({
    isOpen: (id) => open.has(id),
    toggle: (id) =>
      setOpen((before) =>
        before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id]),
      ),
    want: (id, isWanted) => uploadStore.want(id, isWanted),
    choose: (id, chosen) => void uploadStore.choose(id, chosen, api),
    recheck: (id) => void uploadStore.recheck(id, api, orderId),
    remove: (id) => uploadStore.remove(id),
  });
  return (
    <>
      <PageHeader title="Upload results" />
      {banner}
      <DropZone isSmall={rows.length > 0} onFiles={(files) => void uploadStore.add(files, api, orderId)} />
      {rows.length > 0 && (
        <>
          <DataTable
            caption="Messages to file"
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            rowTone={({ stage }) => (stage.kind === "filed" || stage.kind === "refused" ? "muted" : undefined)}
            empty={{ title: "No files yet." }}
            expanded={(row) => (open.has(row.id) ? <UploadDetails row={row} /> : null)}
          />
          <ConfirmBar
            rows={rows}
            progress={progress}
            onConfirm={() => void confirm()}
            onClear={() => uploadStore.clear()}
          />
        </>
      )}
    </>
  );
}

/** Says on leaving the screen that there are messages left; they are kept here until the tab is closed. */
function useWordOnLeaving() {
  useEffect(
    () => () => {
      const { unfinished } = tally(uploadStore.snapshot().rows);
      if (unfinished === 0) return;
      const what = unfinished === 1 ? "1 message is" : `${unfinished} messages are`;
      say(`${what} not filed yet. They stay on the Upload screen until this tab is closed.`);
    },
    [],
  );
}
