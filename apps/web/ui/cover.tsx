"use client";
import { type ReactNode, useEffect, useRef } from "react";
import classes from "./cover.module.css";

/**
 * Hides everything below it, dialogs included, from eyes, keyboard and screen readers, for as long as it is rendered; what is below
 * stays as it is. A modal dialog of the browser itself: it lies above all else, and Escape does not close it.
 */
export function Cover({ title, children }: { title: string; children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const opener = document.activeElement;
    const open = () => dialog.isConnected && !dialog.open && dialog.showModal();
    open();
    dialog.addEventListener("close", open);
    return () => {
      dialog.removeEventListener("close", open);
      dialog.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog ref={ref} className={classes.cover} aria-label={title} onCancel={(event) => event.preventDefault()}>
      <div className={classes.inner}>{children}</div>
    </dialog>
  );
}
