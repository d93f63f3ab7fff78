"use client";
import type { Blocker, Encounter } from "@infirmary/shared/encounter";
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./encounter.module.css";
import { useBlockers, useCloseEncounter } from "./queries.ts";
import { useSettle } from "./use-settle.ts";

/** The gate at the end of a visit: what is still open, each with the way to its place, and closing, with a reason where it must be. */
export function CloseEncounter({ encounter }: { encounter: Encounter }) {
  const { can } = useMe();
  const settle = useSettle();
  const open = useQuery(useBlockers(encounter.id));
  const close = useMutation(useCloseEncounter());
  const [isOverriding, setIsOverriding] = useState(false);
  const [reason, setReason] = useState("");
  const blockers = open.data?.items ?? [];
  const failure = close.error && apiError(close.error);
  const send = (overrideReason?: string) =>
    close.mutate(
      { id: encounter.id, ...(overrideReason ? { overrideReason } : {}) },
      {
        onSuccess: (visit) => {
          settle(visit);
          say("Visit closed.");
        },
        onError: () => void open.refetch(),
      },
    );
  return (
    <div className={classes.written}>
      {open.error && <ErrorState error={apiError(open.error)} onRetry={() => void open.refetch()} isCompact />}
      {open.data && blockers.length === 0 && <p className={classes.hint}>Nothing is open.</p>}
      <BlockerList blockers={blockers} />
      {failure && failure.code !== "close-blocked" && <ErrorState error={failure} isCompact />}
      {isOverriding && (
        <Textarea
          label="Reason for closing all the same"
          description="It stays in the audit log beside what was open."
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className={classes.actions}>
        {blockers.length === 0 ? (
          <Button loading={close.isPending} disabled={!open.data} onClick={() => send()}>
            Close visit
          </Button>
        ) : isOverriding ? (
          <>
            <Button loading={close.isPending} disabled={reason.trim() === ""} onClick={() => send(reason.trim())}>
              Close with this reason
            </Button>
            <Button variant="default" onClick={() => setIsOverriding(false)}>
              Keep open
            </Button>
          </>
        ) : (
          <>
            <Button disabled>Close visit</Button>
            {can("encounter.override") && (
              <Button variant="default" onClick={() => setIsOverriding(true)}>
                Close all the same
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function BlockerList({ blockers }: { blockers: readonly Blocker[] }) {
  if (blockers.length === 0) return null;
  return (
    <ul className={classes.blockers} aria-label="Still open">
      {blockers.map(({ code, title, link }) => (
        <li key={code + link} className={classes.blocker}>
          <Link href={link}>{title}</Link>
        </li>
      ))}
    </ul>
  );
}
