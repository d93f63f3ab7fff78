"use client";
import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { gridOf } from "./grid-of.ts";
import { PanelSkeleton } from "./panel-skeleton.tsx";
import classes from "./patient-results.module.css";
import { useResultsOfPatient } from "./queries.ts";
import { ResultGrid } from "./result-grid.tsx";

const TrendDialog = dynamic(() => import("./trend-dialog.tsx").then((module) => module.TrendDialog));

/** A patient's results for the chart: groups down, times across, newest left; a row opens its trend. */
export function PatientResults({ patientId, banner }: { patientId: string; banner: ReactNode }) {
  const results = useInfiniteQuery(useResultsOfPatient(patientId));
  const [isAbnormalOnly, setIsAbnormalOnly] = useState(false);
  const [trend, setTrend] = useState<{ code: string; name: string } | null>(null);
  const error = results.error && apiError(results.error);
  if (!results.data) {
    return error ? <ErrorState error={error} onRetry={() => void results.refetch()} isCompact /> : <PanelSkeleton />;
  }
  const values = results.data.pages.flatMap(({ items }) => items);
  if (values.length === 0)
    return <EmptyState title="No results yet." hint="They show up here as the lab files them." />;
  const grid = gridOf(values, isAbnormalOnly);
  return (
    <div className={classes.results}>
      {error && <ErrorState error={error} onRetry={() => void results.refetch()} isCompact />}
      <Checkbox
        className="no-print"
        label="Only abnormal"
        checked={isAbnormalOnly}
        onChange={(event) => setIsAbnormalOnly(event.currentTarget.checked)}
      />
      {grid.panels.length === 0 ? (
        <p className={classes.hint}>No value is flagged abnormal.</p>
      ) : (
        <ResultGrid grid={grid} onTrend={setTrend} />
      )}
      {results.hasNextPage && (
        <div>
          <Button variant="default" loading={results.isFetchingNextPage} onClick={() => void results.fetchNextPage()}>
            Show older results
          </Button>
        </div>
      )}
      {trend && <TrendDialog patientId={patientId} {...trend} banner={banner} onClose={() => setTrend(null)} />}
    </div>
  );
}
