"use client";
import { type LoadHours, type LoadPoint, loadHours, type ProcessName, processNames } from "@infirmary/shared/system";
import { NativeSelect, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Section } from "#ui/section.tsx";
import { LoadPlot } from "./load-plot.tsx";
import { useSystemLoad } from "./queries.ts";
import classes from "./system.module.css";

const plots = [
  { title: "Calls a minute", unit: "", value: (point: LoadPoint) => point.callsPerMinute },
  { title: "Time of 95 % of calls", unit: "ms", value: (point: LoadPoint) => point.p95Ms },
  { title: "Failed calls", unit: "", value: (point: LoadPoint) => point.failures },
  { title: "Processor", unit: "% of a core", value: (point: LoadPoint) => point.cpuPercent },
  { title: "Memory", unit: "MiB", value: (point: LoadPoint) => point.memoryMib },
] as const;
const titles: Record<ProcessName, string> = { api: "API", worker: "Worker", mllp: "HL7 listener" };

/** What a kind of process did over the last hours, one small plot a measure. */
export function LoadPlots() {
  const [hours, setHours] = useState<LoadHours>("6");
  const [process, setProcess] = useState<ProcessName>("api");
  const { data, error, refetch } = useQuery(useSystemLoad(hours));
  const points = data?.points.filter((point) => point.process === process) ?? [];
  return (
    <Section
      title="Load"
      actions={
        <div className={classes.choices}>
          <NativeSelect
            aria-label="Processes"
            value={process}
            data={processNames.map((name) => ({ value: name, label: titles[name] }))}
            onChange={(event) => setProcess(event.currentTarget.value as ProcessName)}
          />
          <NativeSelect
            aria-label="Period"
            value={hours}
            data={Object.entries(loadHours).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setHours(event.currentTarget.value as LoadHours)}
          />
        </div>
      }
    >
      {error && !data && <ErrorState error={apiError(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={150} />}
      {data && points.length < 2 && (
        <EmptyState title="Nothing to draw yet." hint="Each process tells of itself once a minute." />
      )}
      {data && points.length >= 2 && (
        <div className={classes.plots}>
          {plots.map(({ title, unit, value }) => (
            <LoadPlot
              key={title}
              title={title}
              unit={unit}
              gapMs={data.stretchMinutes * 60_000 * 1.5}
              points={points.flatMap((point) => {
                const number = value(point);
                return number === null ? [] : [{ at: point.at, value: number }];
              })}
            />
          ))}
        </div>
      )}
    </Section>
  );
}
