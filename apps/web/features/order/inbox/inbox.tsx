"use client";
import type { Order } from "@infirmary/shared/order";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FilterTabs } from "#ui/filter-tabs.tsx";
import { useListState } from "#ui/list-state.ts";
import { LiveRegion } from "#ui/live-region.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { useOrderCounts, useOrderList } from "../queries.ts";
import classes from "./inbox.module.css";
import { InboxList } from "./inbox-list.tsx";
import { batchable, inboxOf, neighbourOf } from "./inbox-lists.ts";

/** Results shown at once; what lies behind comes up as the ones before are signed. */
const shown = 50;

type Props = {
  /** The critical values of an order in a line, for its row. */
  headline: (order: Order) => ReactNode;
  /** The results beside the list; `onSigned` goes on to the next. */
  panel: (order: Order, onSigned: (signed: Order) => void) => ReactNode;
  /** The button that signs everything normal at once. */
  batch: (orders: Order[], onSigned: (signed: Order) => void) => ReactNode;
};

/** A doctor's home: what waits for a signature, criticals first, the result beside the list. */
export function Inbox({ headline, panel, batch }: Props) {
  const list = useListState<{ whose: "mine" | "all" }>("inbox", { whose: "mine" });
  const mine = list.filter.whose === "mine" ? { mine: true } : {};
  const toReview = useQuery(useOrderList({ status: "COMPLETED", sort: "review", limit: shown, ...mine }));
  const inProgress = useQuery(useOrderList({ status: "IN_PROGRESS", sort: "review", limit: shown, ...mine }));
  const counts = { mine: useQuery(useOrderCounts({ mine: true })).data, all: useQuery(useOrderCounts()).data };
  const [signed, setSigned] = useState<ReadonlyMap<string, number>>(new Map());
  const [chosenId, setChosenId] = useState<string | null>(null);
  const orders = inboxOf(toReview.data?.items ?? [], inProgress.data?.items ?? [], signed);
  const chosen = orders.find(({ id }) => id === chosenId) ?? orders[0];
  const onSigned = (order: Order) => {
    setChosenId(neighbourOf(orders, order.id));
    setSigned((before) => new Map(before).set(order.id, order.version));
  };
  const error = toReview.error && apiError(toReview.error);
  const normal = batchable(orders);
  const waiting = counts[list.filter.whose]?.COMPLETED;
  return (
    <>
      <PageHeader title="Inbox" actions={normal.length > 0 && batch(normal, onSigned)} />
      <LiveRegion>{waiting === undefined ? "" : `${waiting} results to review`}</LiveRegion>
      <FilterTabs
        label="Whose results"
        chosen={list.filter.whose}
        onChoose={(whose) => list.setFilter({ whose })}
        tabs={(["mine", "all"] as const).map((key) => ({
          key,
          label: key === "mine" ? "Ordered by me" : "Everyone's",
          count: counts[key]?.COMPLETED,
          mark: counts[key]?.critical ? (
            <StatusBadge tone="critical">{counts[key].critical} CRITICAL</StatusBadge>
          ) : null,
        }))}
      />
      {error && <ErrorState error={error} onRetry={() => void toReview.refetch()} isCompact={Boolean(toReview.data)} />}
      {!toReview.data && !error && <PageSkeleton />}
      {toReview.data && orders.length === 0 && (
        <EmptyState
          title="All reviewed."
          hint="Nothing waits for your signature. New results show up here by themselves, criticals at the top."
        />
      )}
      {chosen && (
        <div className={classes.inbox}>
          <InboxList orders={orders} chosenId={chosen.id} onChoose={setChosenId} headline={headline} />
          <div key={chosen.id} className={classes.panel}>
            {panel(chosen, onSigned)}
          </div>
        </div>
      )}
    </>
  );
}
