"use client";
import { formatDate } from "@infirmary/shared/core";
import type { Problem } from "@infirmary/shared/problem";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { sayWithUndo } from "#ui/toast-store.ts";
import classes from "./problem.module.css";
import { useProblems, useProblemsChanged, useReopenProblem, useResolveProblem } from "./queries.ts";

/** What a patient has beyond one visit; what is resolved stays readable below. */
export function ProblemList({ patientId }: { patientId: string }) {
  const problems = useQuery(useProblems(patientId));
  if (problems.error && !problems.data)
    return <ErrorState error={apiError(problems.error)} onRetry={() => void problems.refetch()} isCompact />;
  const items = problems.data?.items ?? [];
  if (problems.data && items.length === 0) return <p className={classes.dim}>No problem is on the list.</p>;
  return (
    <ul className={classes.list} aria-label="Problems">
      {items.map((problem) => (
        <Item key={problem.id} problem={problem} />
      ))}
    </ul>
  );
}

function Item({ problem }: { problem: Problem }) {
  const { can } = useMe();
  const changed = useProblemsChanged();
  const resolve = useMutation(useResolveProblem());
  const reopen = useMutation(useReopenProblem());
  const { id, version, title, code, status, onsetDate, resolvedAt } = problem;
  const isActive = status === "ACTIVE";
  const go = () =>
    resolve.mutate(
      { id, version },
      {
        onSuccess: (resolved) => {
          changed();
          sayWithUndo(`Resolved: ${title}.`, () => reopen.mutateAsync({ id, version: resolved.version }).then(changed));
        },
      },
    );
  return (
    <li className={classes.item}>
      <span className={isActive ? classes.title : `${classes.title} ${classes.dim}`}>
        {title} <span className={classes.dim}>{code}</span>
      </span>
      <span className={classes.dim}>
        {isActive
          ? onsetDate && `since ${formatDate(onsetDate)}`
          : `resolved ${resolvedAt ? formatDate(resolvedAt) : ""}`}
      </span>
      {isActive && can("diagnosis.write") && (
        <Button
          size="compact-xs"
          variant="default"
          loading={resolve.isPending}
          aria-label={`Resolve ${title}`}
          onClick={go}
        >
          Resolve
        </Button>
      )}
      {resolve.error && <ErrorState error={apiError(resolve.error)} isCompact />}
    </li>
  );
}
