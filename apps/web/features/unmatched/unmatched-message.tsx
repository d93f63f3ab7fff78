"use client";
import {
  type UnmatchedCandidate,
  type UnmatchedDetail,
  unmatchedReasonNames,
  unmatchedStatusNames,
} from "@infirmary/shared/unmatched";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { Section } from "#ui/section.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { CandidateTable } from "./candidate-table.tsx";
import { MatchDialog } from "./match-dialog.tsx";
import { MendDialog } from "./mend-dialog.tsx";
import { bornText } from "./message-text.ts";
import { useUnmatched } from "./queries.ts";
import { RejectDialog } from "./reject-dialog.tsx";
import classes from "./unmatched.module.css";

type Props = {
  id: string;
  /** The message itself, line by line, its faults in their places. */
  showMessage: (preview: UnmatchedDetail["preview"]) => ReactNode;
};

/** One message that could not be filed: what is wrong, whose it could be, what to do with it. */
export function UnmatchedMessage({ id, showMessage }: Props) {
  const query = useQuery(useUnmatched(id));
  const [open, setOpen] = useState<UnmatchedCandidate | "mend" | "reject" | null>(null);
  const message = query.data;
  if (!message) {
    if (!query.error) return <PageSkeleton />;
    const error = apiError(query.error);
    return (
      <>
        <PageHeader title="Unmatched message" />
        {error.code === "not-found" || error.code === "validation-failed" ? (
          <EmptyState title="There is no such message." />
        ) : (
          <ErrorState error={error} onRetry={() => void query.refetch()} />
        )}
      </>
    );
  }
  const isWaiting = message.status === "WAITING";
  const says = message.preview.saysPatient;
  return (
    <>
      <PageHeader
        title={unmatchedReasonNames[message.reason]}
        description={
          <StatusBadge tone={isWaiting ? "accent" : "muted"}>{unmatchedStatusNames[message.status]}</StatusBadge>
        }
        actions={
          isWaiting && (
            <>
              <Button variant="default" onClick={() => setOpen("reject")}>
                Reject
              </Button>
              <Button variant="default" onClick={() => setOpen("mend")}>
                Mend and try again
              </Button>
            </>
          )
        }
      />
      <div className={classes.page}>
        <FactList
          facts={[
            ["From", message.partnerName ?? message.sender.replace("|", " · ")],
            ["Received", <DateTime key="v" at={message.receivedAt} />],
            ["Message", `${message.type || "Type not known"}, No. ${message.controlId || "not given"}`],
            [
              "Says patient",
              says ? [says.name, ...says.identifiers].filter(Boolean).join(" · ") || "Nobody" : "Nobody",
            ],
            ["Says born", bornText(says?.dateOfBirth)],
            ...(message.resolvedAt
              ? ([
                  [
                    unmatchedStatusNames[message.status],
                    <span key="v">
                      {message.resolvedByName}, <DateTime at={message.resolvedAt} />
                    </span>,
                  ],
                  ["Reason", message.resolution ?? "None was needed"],
                ] as const)
              : []),
          ]}
        />
        <Section title="What kept it from being filed">
          <ul className={classes.problems}>
            {message.problems.map(({ path, message: text }) => (
              <li key={`${path} ${text}`} className={classes.problem}>
                <code>{path}</code>
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </Section>
        {isWaiting && (
          <Section title="Orders it could belong to">
            <CandidateTable
              candidates={message.candidates}
              // A message with faults cannot be filed anywhere before they are mended.
              onChoose={["take", "warn"].includes(message.preview.disposition) ? setOpen : null}
            />
          </Section>
        )}
        <Section title="The message as it was received">{showMessage(message.preview)}</Section>
      </div>
      {open === "reject" && <RejectDialog message={message} onClose={() => setOpen(null)} />}
      {open === "mend" && <MendDialog message={message} onClose={() => setOpen(null)} />}
      {open && typeof open === "object" && (
        <MatchDialog message={message} candidate={open} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
