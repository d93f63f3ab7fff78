"use client";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./confirm-dialog.module.css";
import { Dialog } from "./dialog.tsx";
import { type ErrorInfo, ErrorState } from "./error-state.tsx";

type Props = {
  isOpen: boolean;
  title: string;
  /** What will happen, and what will not. */
  children: ReactNode;
  /** The deed as a verb: "Deactivate account", never "OK". */
  confirmLabel: string;
  isBusy?: boolean;
  isDisabled?: boolean;
  error?: ErrorInfo | null;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before a step that cannot simply be undone. Escape and "Cancel" do nothing but close; focus goes back. */
export function ConfirmDialog({ isOpen, title, children, confirmLabel, error, onConfirm, onClose, ...state }: Props) {
  if (!isOpen) return null;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        {children}
        {error && <ErrorState error={error} isCompact />}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={state.isBusy} disabled={state.isDisabled}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
