"use client";
import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import classes from "./state.module.css";

/** A failure as people read it: what happened, more about it, and the number to quote. */
export type ErrorInfo = { title: string; detail?: string | null; requestId?: string | null };
type Props = { error: ErrorInfo; onRetry?: () => void; isCompact?: boolean };

/** Says what went wrong where the content would have been, offers to try again, gives a code to quote. */
export function ErrorState({ error, onRetry, isCompact = false }: Props) {
  return (
    <div className={isCompact ? classes.inline : classes.state} role="alert">
      <p className={classes.title}>
        <IconAlertTriangle size={16} aria-hidden="true" className={classes.icon} /> {error.title}
      </p>
      {error.detail && <p className={classes.hint}>{error.detail}</p>}
      {error.requestId && (
        <p className={classes.hint}>
          Support code <code className={classes.code}>{error.requestId}</code>
        </p>
      )}
      {onRetry && (
        <div className={classes.action}>
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}
