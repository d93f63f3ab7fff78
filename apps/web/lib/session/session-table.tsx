"use client";
import type { SessionItem } from "@infirmary/shared/auth";
import type { ReactNode } from "react";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import type { ErrorInfo } from "#ui/error-state.tsx";
import { describeAgent } from "./describe-agent.ts";
import classes from "./session-table.module.css";
import { placeText, proofText } from "./session-text.ts";

type Props = {
  sessions: readonly SessionItem[] | undefined;
  error: ErrorInfo | null;
  onRetry: () => void;
  /** What can be done with one session. */
  action?: (session: SessionItem) => ReactNode;
};

/** The places where an account is signed in. */
export function SessionTable({ sessions, error, onRetry, action }: Props) {
  const columns: Column<SessionItem>[] = [
    {
      key: "where",
      header: "Where",
      cell: (session) => (
        <>
          {session.kind === "TOKEN" ? "Another system (API)" : describeAgent(session.userAgent)}
          {session.isCurrent && <strong> · this session</strong>}
          <br />
          <span className={classes.hint}>
            {proofText(session.proof)}
            {session.isLocked ? ", locked" : ""}
          </span>
        </>
      ),
    },
    { key: "ip", header: "Address", width: "130px", cell: (session) => placeText(session.ip) },
    {
      key: "since",
      header: "Since",
      width: "150px",
      nowrap: true,
      yields: "second",
      cell: (session) => <DateTime at={session.createdAt} />,
    },
    {
      key: "used",
      header: "Last used",
      width: "150px",
      nowrap: true,
      cell: (session) => <DateTime at={session.lastUsedAt} />,
    },
  ];
  if (action) columns.push({ key: "action", header: "Action", width: "110px", cell: action });
  return (
    <DataTable
      caption="Sessions"
      columns={columns}
      rows={sessions}
      rowKey={(session) => session.id}
      error={error}
      onRetry={onRetry}
      empty={{ title: "Not signed in anywhere." }}
      skeletonRows={2}
    />
  );
}
