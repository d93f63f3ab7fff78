"use client";
import { Button, Progress } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import classes from "./upload.module.css";
import { tally, type UploadRow } from "./upload-row.ts";

type Props = {
  rows: readonly UploadRow[];
  progress: { done: number; all: number } | null;
  onConfirm: () => void;
  onClear: () => void;
};

/** What confirming would do, the button that does it, and how far it is. Stays in sight below a long list. */
export function ConfirmBar({ rows, progress, onConfirm, onClear }: Props) {
  const { all, wanted, unfinished, failed } = tally(rows);
  const [isClearing, setIsClearing] = useState(false);
  const canConfirm = wanted > 0 && progress === null;
  useShortcut({ keys: "mod+Enter", label: "File the confirmed messages", group: "Upload" }, onConfirm, canConfirm);
  const filed = rows.filter(({ stage }) => stage.kind === "filed").length;
  return (
    <section className={classes.bar} aria-label="Confirm">
      <Button disabled={!canConfirm} loading={progress !== null} onClick={onConfirm} title="Shortcut: Ctrl+Enter">
        {failed > 0 && wanted === failed ? `Try ${wanted} again` : `Confirm ${wanted} of ${all}`}
      </Button>
      <Button
        variant="default"
        disabled={progress !== null}
        onClick={() => (unfinished > 0 ? setIsClearing(true) : onClear())}
      >
        Clear the list
      </Button>
      <p role="status" className={classes.barText}>
        {progress
          ? `Filing ${Math.min(progress.done + 1, progress.all)} of ${progress.all}`
          : sentence({ filed, wanted, failed })}
      </p>
      {progress && (
        <Progress
          className={classes.progress}
          value={(progress.done / progress.all) * 100}
          aria-label="Filed so far"
          size="sm"
        />
      )}
      <ConfirmDialog
        isOpen={isClearing}
        title="Clear the list?"
        confirmLabel="Clear the list"
        onConfirm={() => {
          setIsClearing(false);
          onClear();
        }}
        onClose={() => setIsClearing(false)}
      >
        <p>
          {unfinished === 1 ? "1 message has" : `${unfinished} messages have`} not been filed. The files themselves stay
          where they are; drop them again to file them.
        </p>
      </ConfirmDialog>
    </section>
  );
}

function sentence({ filed, wanted, failed }: { filed: number; wanted: number; failed: number }): string {
  const done = filed === 0 ? "Nothing is filed until you confirm." : `${filed} filed.`;
  if (failed > 0) return `${done} ${failed} did not go through and can be tried again.`;
  return wanted > 0 || filed === 0 ? done : `${done} Nothing is left to file.`;
}
