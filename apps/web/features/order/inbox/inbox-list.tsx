"use client";
import type { Order } from "@infirmary/shared/order";
import Link from "next/link";
import { type ReactNode, useRef } from "react";
import { ageAndSex, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { useNow } from "#ui/use-now.ts";
import { PriorityBadge } from "../priority-badge.tsx";
import { ResultSummary } from "../result-summary.tsx";
import { isReopened } from "../status-text.tsx";
import { formatMinutes } from "../waiting.ts";
import classes from "./inbox.module.css";

type Props = {
  orders: readonly Order[];
  chosenId: string;
  onChoose: (id: string) => void;
  headline: (order: Order) => ReactNode;
};

/** The rows of the inbox: `j` and `k` move and show, a click shows, Enter opens the order whole. */
export function InboxList({ orders, chosenId, onChoose, headline }: Props) {
  const { timeZone } = useMe();
  const now = useNow();
  const today = todayIn(timeZone);
  const listRef = useRef<HTMLUListElement>(null);
  const move = (step: 1 | -1) => {
    const next = orders[orders.findIndex(({ id }) => id === chosenId) + step];
    if (!next) return;
    onChoose(next.id);
    const row = listRef.current?.querySelector<HTMLElement>(`[data-id="${next.id}"]`);
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
  };
  useShortcut({ keys: "j", label: "Next result", group: "Results" }, () => move(1));
  useShortcut({ keys: "k", label: "Previous result", group: "Results" }, () => move(-1));
  return (
    <ul ref={listRef} className={classes.list} aria-label="Results to review">
      {orders.map((order) => (
        <li key={order.id}>
          <Link
            href={`/orders/${order.id}`}
            data-id={order.id}
            className={classes.row}
            data-critical={order.counts.critical > 0 || undefined}
            aria-current={order.id === chosenId ? "true" : undefined}
            onClick={(event) => {
              // A press of Enter has no click count: it opens the order; a click of the pointer shows it beside the list.
              const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
              if (event.detail === 0 || !isPlain) return;
              event.preventDefault();
              onChoose(order.id);
            }}
          >
            <span className={classes.what}>
              {order.counts.critical > 0 ? headline(order) : <strong>{order.testShortName}</strong>}
            </span>
            <span className={classes.who}>
              {order.priority !== "ROUTINE" && <PriorityBadge priority={order.priority} />}
              <bdi className={classes.name}>{patientName(order.patient)}</bdi> {ageAndSex(order.patient, today)}
              <span className={classes.when}>{since(order.completedAt ?? order.updatedAt, now)}</span>
            </span>
            <span className={classes.marks}>
              {isReopened(order) && <StatusBadge tone="abnormal">Changed after sign-off</StatusBadge>}
              {order.status === "IN_PROGRESS" && <StatusBadge tone="accent">Partial</StatusBadge>}
              <ResultSummary counts={order.counts} hasCriticals={false} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** How long results have been waiting. */
const since = (at: string, now: number) => formatMinutes(Math.max(0, Math.floor((now - Date.parse(at)) / 60_000)));
