"use client";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { JobQueue } from "./job-queue.tsx";
import { LoadPlots } from "./load-plots.tsx";
import { PartList } from "./part-list.tsx";
import { ProcessTable } from "./process-table.tsx";
import { useSystemStatus } from "./queries.ts";
import { stateTones, stateWords } from "./state-words.ts";
import classes from "./system.module.css";

/** How the installation is: what needs somebody first, then its load, its processes and its jobs. */
export function SystemScreen() {
  const query = useQuery(useSystemStatus());
  const { data } = query;
  return (
    <>
      <PageHeader
        title="System"
        description={
          data ? (
            <>
              Looked at <DateTime at={data.at} />; looks again by itself.
            </>
          ) : (
            "How the installation is."
          )
        }
        actions={data && <StatusBadge tone={stateTones[data.state]}>{stateWords[data.state]}</StatusBadge>}
      />
      <div className={classes.screen}>
        {query.error && !data && <ErrorState error={apiError(query.error)} onRetry={() => void query.refetch()} />}
        {!data && !query.error && <Skeleton height={360} />}
        {data && <PartList parts={data.parts} />}
        <LoadPlots />
        <Section title="Processes">
          <ProcessTable processes={data?.processes} error={query.error && apiError(query.error)} />
        </Section>
        <JobQueue />
      </div>
    </>
  );
}
