"use client";
import { type Job, jobStates } from "@infirmary/shared/system";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { Section } from "#ui/section.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { say } from "#ui/toast-store.ts";
import { useJobChanges, useJobs } from "./queries.ts";
import { jobTones, jobWords } from "./state-words.ts";
import classes from "./system.module.css";

/** What the worker has to do, what failed and why; a job that gave up is repeated or discarded here. */
export function JobQueue() {
  const { data, error, refetch } = useQuery(useJobs());
  const [discarding, setDiscarding] = useState<Job | null>(null);
  const queries = useQueryClient();
  const changes = useJobChanges();
  const onSettled = () => queries.invalidateQueries({ queryKey: changes.key });
  const retry = useMutation({ ...changes.retry, onSettled, onSuccess: () => say("The job runs again now.") });
  const discard = useMutation({
    ...changes.discard,
    onSettled,
    onSuccess: () => {
      say("The job was discarded.");
      setDiscarding(null);
    },
  });
  const columns: readonly Column<Job>[] = [
    { key: "task", header: "Job", cell: ({ task }) => task },
    {
      key: "state",
      header: "State",
      width: "120px",
      cell: ({ state }) => <StatusBadge tone={jobTones[state]}>{jobWords[state]}</StatusBadge>,
    },
    { key: "run", header: "Due", width: "160px", cell: ({ runAt }) => <DateTime at={runAt} /> },
    {
      key: "attempts",
      header: "Attempts",
      width: "90px",
      align: "right",
      cell: ({ attempts, attemptsMax }) => `${attempts} of ${attemptsMax}`,
    },
    { key: "error", header: "Why it failed", cell: ({ error: why }) => why ?? "" },
    {
      key: "deeds",
      header: "",
      width: "190px",
      cell: (job) =>
        (job.state === "failed" || job.state === "retrying") && (
          <span className={classes.deeds}>
            <Button
              size="compact-sm"
              variant="default"
              loading={retry.isPending && retry.variables?.id === job.id}
              onClick={() => retry.mutate({ id: job.id })}
            >
              Run now
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setDiscarding(job)}>
              Discard…
            </Button>
          </span>
        ),
    },
  ];
  return (
    <Section title="Jobs">
      {data && (
        <p className={classes.counts} role="status">
          {jobStates.map((state) => `${data.counts[state]} ${jobWords[state].toLowerCase()}`).join(" · ")}
        </p>
      )}
      <DataTable
        caption="Jobs"
        columns={columns}
        rows={data?.items}
        rowKey={({ id }) => id}
        error={(error && apiError(error)) ?? (retry.error && apiError(retry.error))}
        onRetry={() => void refetch()}
        empty={{ title: "Nothing waits to be done." }}
        skeletonRows={3}
      />
      <ConfirmDialog
        isOpen={discarding !== null}
        title={`Discard ${discarding?.task}?`}
        confirmLabel="Discard"
        isBusy={discard.isPending}
        error={discard.error && apiError(discard.error)}
        onConfirm={() => discarding && discard.mutate({ id: discarding.id })}
        onClose={() => setDiscarding(null)}
      >
        <p>What it was to do is not done, now or later. Jobs that run on a clock come again at their time.</p>
      </ConfirmDialog>
    </Section>
  );
}
