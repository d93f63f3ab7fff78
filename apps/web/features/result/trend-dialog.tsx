"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dialog } from "#ui/dialog.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PanelSkeleton } from "./panel-skeleton.tsx";
import { useTrendOptions } from "./queries.ts";
import classes from "./trend.module.css";
import { TrendPlot } from "./trend-plot.tsx";
import { TrendTable } from "./trend-table.tsx";
import { unitText } from "./unit-text.ts";

type Props = { patientId: string; code: string; name: string; banner: ReactNode; onClose: () => void };

/** One value over time: as a plot with the reference band shaded, and the same as a table. */
export function TrendDialog({ patientId, code, name, banner, onClose }: Props) {
  const optionsOf = useTrendOptions(patientId);
  const query = useQuery(optionsOf(code));
  const trend = query.data;
  const title = trend?.unit ? `${name} in ${unitText(trend.unit)}` : name;
  return (
    <Dialog title={title} onClose={onClose} size={800}>
      <div className={classes.trend}>
        {banner}
        {query.error && <ErrorState error={apiError(query.error)} onRetry={() => void query.refetch()} isCompact />}
        {!trend && !query.error && <PanelSkeleton />}
        {trend && <TrendPlot trend={trend} />}
        {trend && <TrendTable trend={trend} />}
      </div>
    </Dialog>
  );
}
