"use client";
import { Button, CloseButton } from "@mantine/core";
import { useFocusWithin, useHover, useMergedRef } from "@mantine/hooks";
import { useEffect, useSyncExternalStore } from "react";
import { useShortcut } from "./shortcut.tsx";
import classes from "./toast.module.css";
import { type Toast, toastStore } from "./toast-store.ts";

/** The corner where done things are said, and can be undone for ten seconds by button or `z`. */
export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.list, toastStore.list);
  const undoable = toasts.findLast((toast) => toast.undo);
  useShortcut(
    { keys: "z", label: "Undo the last step", group: "Anywhere" },
    () => undoable && void toastStore.undo(undoable.id),
    undoable !== undefined,
  );
  return (
    <section className={`${classes.region} no-print`} role="status" aria-label="Messages" aria-live="polite">
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} hasKey={toast === undoable} />
      ))}
    </section>
  );
}

function ToastItem({ toast, hasKey }: { toast: Toast; hasKey: boolean }) {
  // The time stands still while somebody points at the message or has tabbed into it.
  const { hovered, ref: hoverRef } = useHover();
  const { focused, ref: focusRef } = useFocusWithin();
  const ref = useMergedRef(hoverRef, focusRef);
  const isHeld = hovered || focused;
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => toastStore.remove(toast.id), toast.visibleMs);
    return () => clearTimeout(timer);
  }, [toast, isHeld]);
  return (
    <div ref={ref} className={classes.toast}>
      <span className={classes.text}>{toast.text}</span>
      {toast.undo && (
        <Button size="compact-sm" variant="default" onClick={() => void toastStore.undo(toast.id)}>
          Undo{hasKey ? " (z)" : ""}
        </Button>
      )}
      <CloseButton size="sm" aria-label="Dismiss" onClick={() => toastStore.remove(toast.id)} />
    </div>
  );
}
