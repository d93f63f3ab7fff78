"use client";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { SessionTable } from "#lib/session/session-table.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { Section } from "#ui/section.tsx";
import { say } from "#ui/toast-store.ts";
import { useEndOtherSessions, useEndSession, useMySessions, useMySessionsKey } from "./queries.ts";

/** Where I am signed in; every session but this one can be ended here. */
export function MySessions() {
  const queries = useQueryClient();
  const queryKey = useMySessionsKey();
  const sessions = useQuery(useMySessions());
  const end = useMutation({
    ...useEndSession(),
    onSuccess: () => say("The session has ended."),
    onError: (error) => say(apiError(error).title),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  const endAll = useMutation({
    ...useEndOtherSessions(),
    onSuccess: ({ ended }) => say(ended === 1 ? "1 session has ended." : `${ended} sessions have ended.`),
    onError: (error) => say(apiError(error).title),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  const others = sessions.data?.filter(({ isCurrent }) => !isCurrent) ?? [];
  return (
    <Section
      title="Signed in at"
      actions={
        others.length > 0 && (
          <Button variant="default" size="compact-sm" loading={endAll.isPending} onClick={() => endAll.mutate()}>
            End all others
          </Button>
        )
      }
    >
      <SessionTable
        sessions={sessions.data}
        error={sessions.error && apiError(sessions.error)}
        onRetry={() => void sessions.refetch()}
        action={(session) =>
          session.isCurrent ? (
            "This one"
          ) : (
            <Button
              variant="default"
              size="compact-xs"
              loading={end.isPending && end.variables.id === session.id}
              onClick={() => end.mutate({ id: session.id })}
            >
              End
            </Button>
          )
        }
      />
    </Section>
  );
}
