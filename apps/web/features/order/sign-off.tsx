"use client";
import type { Order } from "@infirmary/shared/order";
import { Button, Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import classes from "./sign-off.module.css";
import { commentFault } from "./sign-off-rules.ts";
import { useMoveOrder } from "./use-move-order.ts";

type Props = {
  order: Order;
  /** The values are on the screen: nobody signs what is still loading. */
  isReady: boolean;
  /** "Sign off", or "Acknowledge and next" in the inbox. */
  label: string;
  onDone?: (order: Order) => void;
};

/** The doctor's signature under the results. A critical value takes a comment; Ctrl+Enter signs from the field. */
export function SignOff({ order, isReady, label, onDone }: Props) {
  const { move, isBusy, error } = useMoveOrder();
  const [comment, setComment] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const isChanged = useChangedSince(order);
  const isCritical = order.counts.critical > 0;

  const sign = () => {
    if (!isReady || isBusy) return;
    const found = commentFault(order.counts, comment);
    setFault(found);
    if (found) {
      fieldRef.current?.focus();
      return;
    }
    const typed = comment.trim();
    void move(order, { status: "REVIEWED", ...(typed ? { comment: typed } : {}) })
      .then(onDone)
      .catch(() => undefined);
  };
  const group = "Results";
  useShortcut({ keys: "a", label, group }, sign);
  useShortcut({ keys: "c", label: "Write a comment", group }, () => fieldRef.current?.focus());
  useShortcut({ keys: "mod+Enter", label: `${label}, from the comment`, group }, sign);

  return (
    <section className={`${classes.panel} no-print`} aria-label="Sign-off">
      {isChanged && (
        <p className={classes.changed} role="alert">
          These results changed while you had them open. Look at them again before signing.
        </p>
      )}
      <Textarea
        ref={fieldRef}
        label={isCritical ? "Comment (required: critical value)" : "Comment (optional)"}
        placeholder={isCritical ? "What was done about it, and who was told" : ""}
        autosize={false}
        rows={2}
        maxLength={2000}
        value={comment}
        error={fault}
        onChange={(event) => {
          setComment(event.currentTarget.value);
          setFault(null);
        }}
      />
      {order.counts.pending > 0 && (
        <p className={classes.hint}>
          {order.counts.pending === 1 ? "1 value is" : `${order.counts.pending} values are`} still pending. If you sign
          now, the order comes back to the inbox when more arrives.
        </p>
      )}
      {error && <ErrorState error={apiError(error)} isCompact />}
      <div className={classes.actions}>
        <Button onClick={sign} loading={isBusy} disabled={!isReady}>
          {label}
        </Button>
        <span className={classes.hint}>
          <Kbd keys="a" /> or <Kbd keys="mod+Enter" /> in the comment
        </span>
      </div>
    </section>
  );
}

/** Whether the order got another version since it was opened here. */
function useChangedSince({ id, version }: Pick<Order, "id" | "version">): boolean {
  const [opened, setOpened] = useState({ id, version });
  useEffect(() => {
    if (opened.id !== id) setOpened({ id, version });
  }, [opened.id, id, version]);
  return opened.id === id && opened.version !== version;
}
