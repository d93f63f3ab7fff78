"use client";
import type { User } from "@infirmary/shared/user";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SessionTable } from "#lib/session/session-table.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Section } from "#ui/section.tsx";
import { say } from "#ui/toast-store.ts";
import { useEndSessions, useUserKeys, useUserSessions } from "./queries.ts";

/** Where a person is signed in, and the way to end it all. */
export function UserSessions({ person }: { person: User }) {
  const queries = useQueryClient();
  const { all } = useUserKeys();
  const sessions = useQuery(useUserSessions(person.id));
  const [isAsking, setIsAsking] = useState(false);
  const end = useMutation({
    ...useEndSessions(),
    onSuccess: ({ ended }) => {
      setIsAsking(false);
      say(`Ended ${ended === 1 ? "1 session" : `${ended} sessions`} of ${person.fullName}.`);
      return queries.invalidateQueries({ queryKey: all });
    },
  });
  return (
    <Section
      title="Signed in at"
      actions={
        <Button variant="default" size="compact-sm" disabled={!sessions.data?.length} onClick={() => setIsAsking(true)}>
          End all sessions
        </Button>
      }
    >
      <SessionTable
        sessions={sessions.data}
        error={sessions.error && apiError(sessions.error)}
        onRetry={() => void sessions.refetch()}
      />
      <ConfirmDialog
        isOpen={isAsking}
        title={`Sign ${person.fullName} out everywhere?`}
        confirmLabel="End all sessions"
        isBusy={end.isPending}
        error={end.error && apiError(end.error)}
        onConfirm={() => end.mutate({ id: person.id })}
        onClose={() => setIsAsking(false)}
      >
        <p>What the person is typing right now and has not saved is lost. They can sign in again at once.</p>
      </ConfirmDialog>
    </Section>
  );
}
