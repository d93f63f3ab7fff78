"use client";
import { orderStatuses, orderStatusNames } from "@infirmary/shared/order";
import { Button } from "@mantine/core";
import classes from "./upload.module.css";
import { needsChoice, type UploadRow } from "./upload-row.ts";

type Props = { row: UploadRow; onRecheck: (id: string) => void; onRemove: (id: string) => void };

/** What keeps a message from being filed, or what became of it, in a sentence. */
export function ProblemCell({ row, onRecheck, onRemove }: Props) {
  const { stage } = row;
  switch (stage.kind) {
    case "checking":
    case "filing":
      return null;
    case "refused":
      return (
        <>
          {stage.reason}{" "}
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={`Remove ${row.fileName}`}
            onClick={() => onRemove(row.id)}
          >
            Remove
          </Button>
        </>
      );
    case "unchecked":
      return (
        <>
          {stage.error.title}{" "}
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Check ${row.fileName} again`}
            onClick={() => onRecheck(row.id)}
          >
            Check again
          </Button>
        </>
      );
    case "filed":
      return (
        <span className={classes.dim}>
          {stage.isRepeat ? "It was filed before; nothing changed." : outcome(stage.orderStatus)}
        </span>
      );
    case "failed": {
      const { title, detail, errors, requestId } = stage.error;
      const why = [title, detail, ...errors.map(({ path, message }) => `${path}: ${message}`)]
        .filter(Boolean)
        .join(" ");
      return (
        <>
          {why} {requestId && <span className={classes.dim}>Support code {requestId}</span>}
        </>
      );
    }
    case "checked": {
      const { alreadyFiled, blockers, issues } = stage.preview;
      if (alreadyFiled)
        return <span className={classes.dim}>This very message is on record; it is not filed again.</span>;
      if (needsChoice(row)) return "The message names no order of ours. Choose the one it belongs to.";
      const faults = issues.filter(({ severity }) => severity === "error");
      const own = blockers.filter(({ code }) => code !== "message-invalid" || faults.length === 0);
      const notes = issues.filter(({ severity }) => severity === "warning").length;
      if (own.length + faults.length === 0) {
        return notes > 0 ? (
          <span className={classes.dim}>{notes === 1 ? "1 note" : `${notes} notes`}: open the row</span>
        ) : null;
      }
      const [first] = faults;
      return (
        <>
          {own.map(({ message }) => (
            <div key={message}>{message}</div>
          ))}
          {first && blockers.some(({ code }) => code === "message-invalid") && (
            <div>
              <span className={classes.path}>{first.path}</span> {first.message}
              {faults.length > 1 && ` And ${faults.length - 1} more.`}
            </div>
          )}
        </>
      );
    }
  }
}

function outcome(status: string): string {
  const parsed = orderStatuses.safeParse(status);
  if (parsed.data === "COMPLETED") return "The order now waits for review.";
  return parsed.success
    ? `The order is now: ${orderStatusNames[parsed.data].toLowerCase()}.`
    : "The values are on record.";
}
