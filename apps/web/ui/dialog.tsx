"use client";
import { Modal } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import classes from "./dialog.module.css";

type Props = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Widest, in px. */
  size?: number;
};

/**
 * A dialog that is open for as long as it is rendered. Escape closes it, the focus stays inside, and goes back to where
 * it was: Mantine returns it only for a dialog that stays mounted while closed.
 */
export function Dialog({ title, onClose, children, size = 480 }: Props) {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the step that closed the dialog has moved the focus itself, if it does.
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
      }, 10);
    },
    [opener],
  );
  return (
    <Modal.Root opened onClose={onClose} size={size}>
      <Modal.Overlay />
      <Modal.Content>
        {/* Not Modal.Header: its header element would be a second banner of the page. */}
        <div className={classes.head}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
