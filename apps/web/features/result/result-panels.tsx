"use client";
import { isAbnormal, type Observation } from "@infirmary/shared/result";
import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PanelSkeleton } from "./panel-skeleton.tsx";
import { useResults } from "./queries.ts";
import classes from "./result-panels.module.css";
import { ResultTable } from "./result-table.tsx";
import { useTrends } from "./use-trends.ts";

const TrendDialog = dynamic(() => import("./trend-dialog.tsx").then((module) => module.TrendDialog));

type Props = {
  orderId: string;
  patientId: string;
  /** Who it is about, for the trend's dialog. */
  banner: ReactNode;
  /** In the inbox: no time of observation, `j` and `k` belong to the list. */
  isCompact?: boolean;
  /** Said where no value has been filed yet. */
  emptyHint: string;
  /** Told whether the newest values are on the screen. */
  children?: (isReady: boolean) => ReactNode;
};

/** The values of an order by panel, with what went before beside each; `children` come below, as the sign-off. */
export function ResultPanels({ orderId, patientId, banner, isCompact = false, emptyHint, children }: Props) {
  const results = useQuery(useResults(orderId));
  const [isAbnormalOnly, setIsAbnormalOnly] = useState(false);
  const [shownTrend, setShownTrend] = useState<Observation | null>(null);
  const values = results.data?.items ?? [];
  const trends = useTrends(patientId, values);
  const error = results.error && apiError(results.error);
  if (!results.data) {
    return error ? <ErrorState error={error} onRetry={() => void results.refetch()} /> : <PanelSkeleton />;
  }
  const shown = isAbnormalOnly ? values.filter(({ abnormalFlag }) => isAbnormal(abnormalFlag)) : values;
  const hidden = values.length - shown.length;
  return (
    <div className={classes.panels}>
      {error && <ErrorState error={error} onRetry={() => void results.refetch()} isCompact />}
      {values.length === 0 && <EmptyState title="No results yet." hint={emptyHint} />}
      {values.length > 1 && (
        <div className={`${classes.bar} no-print`}>
          <Checkbox
            label="Only abnormal"
            checked={isAbnormalOnly}
            onChange={(event) => setIsAbnormalOnly(event.currentTarget.checked)}
          />
          {hidden > 0 && (
            <span className={classes.hint} role="status">
              {hidden === 1 ? "1 other value is" : `${hidden} other values are`} hidden
            </span>
          )}
        </div>
      )}
      {shown.length > 0 && (
        <ResultTable values={shown} trends={trends} orderId={orderId} isCompact={isCompact} onTrend={setShownTrend} />
      )}
      {isAbnormalOnly && shown.length === 0 && <p className={classes.hint}>No value is flagged abnormal.</p>}
      {children?.(!results.isFetching && values.length > 0)}
      {shownTrend && (
        <TrendDialog
          patientId={patientId}
          code={shownTrend.code}
          name={shownTrend.name}
          banner={banner}
          onClose={() => setShownTrend(null)}
        />
      )}
    </div>
  );
}
