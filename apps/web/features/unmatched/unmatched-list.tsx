"use client";
import {
  type UnmatchedMessage,
  type UnmatchedStatus,
  unmatchedReasonNames,
  unmatchedStatuses,
  unmatchedStatusNames,
} from "@infirmary/shared/unmatched";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { FilterTabs } from "#ui/filter-tabs.tsx";
import { useListState } from "#ui/list-state.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { useUnmatchedList } from "./queries.ts";
import classes from "./unmatched.module.css";

const pageSize = 25;

/** Messages that could not be filed: why, and the likeliest order. */
export function UnmatchedList() {
  const list = useListState<{ status: UnmatchedStatus }>("unmatched", { status: "WAITING" });
  const { status } = list.filter;
  const query = useQuery(
    useUnmatchedList({ status, limit: pageSize, ...(list.cursor ? { cursor: list.cursor } : {}) }),
  );
  const next = query.data?.nextCursor;
  return (
    <>
      <PageHeader
        title="Unmatched messages"
        description="Results that came in and could not be filed. Each waits, unchanged, until somebody places, mends or rejects it."
      />
      <FilterTabs
        label="State"
        tabs={unmatchedStatuses.options.map((key) => ({ key, label: unmatchedStatusNames[key] }))}
        chosen={status}
        onChoose={(key) => list.setFilter({ status: key })}
      />
      <DataTable
        caption="Unmatched messages"
        columns={status === "WAITING" ? waitingColumns : resolvedColumns}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={
          status === "WAITING"
            ? { title: "Nothing waits.", hint: "Every message that came in was filed." }
            : { title: "None so far." }
        }
        paging={{
          page: list.page,
          hasNext: Boolean(next),
          onNext: () => next && list.next(next),
          onPrevious: list.previous,
        }}
        isStale={query.isPlaceholderData}
      />
    </>
  );
}

const reason: Column<UnmatchedMessage> = {
  key: "reason",
  header: "Why",
  cell: ({ id, reason: why, path, problems }) => (
    <>
      <Link href={`/unmatched/${id}`} data-row-main>
        {unmatchedReasonNames[why]}
      </Link>
      <span className={classes.detail}>
        <code>{path}</code> {problems[0]?.message}
      </span>
    </>
  ),
};
const from: Column<UnmatchedMessage> = {
  key: "from",
  header: "From",
  width: "190px",
  yields: "second",
  cell: ({ partnerName, sender, controlId }) => (
    <>
      {partnerName ?? sender.replace("|", " · ")}
      <span className={classes.detail}>No. {controlId || "not given"}</span>
    </>
  ),
};
const received: Column<UnmatchedMessage> = {
  key: "received",
  header: "Received",
  width: "150px",
  nowrap: true,
  cell: ({ receivedAt }) => <DateTime at={receivedAt} />,
};
const waitingColumns: readonly Column<UnmatchedMessage>[] = [
  reason,
  {
    key: "likely",
    header: "Could belong to",
    width: "320px",
    yields: "first",
    cell: ({ candidates: [best, ...others] }) =>
      best ? (
        <>
          <bdi>
            {best.patient.lastName}, {best.patient.firstName}
          </bdi>{" "}
          · {best.orderNumber}
          <span className={classes.detail}>
            {best.agrees.join(", ")} agree{others.length > 0 && ` · ${others.length} more`}
          </span>
        </>
      ) : (
        <span className={classes.none}>No order here comes near</span>
      ),
  },
  from,
  received,
];
const resolvedColumns: readonly Column<UnmatchedMessage>[] = [
  reason,
  from,
  received,
  {
    key: "resolved",
    header: "By",
    width: "220px",
    cell: ({ resolvedByName, resolvedAt, resolution }) => (
      <>
        {resolvedByName} {resolvedAt && <DateTime at={resolvedAt} />}
        {resolution && <span className={classes.detail}>{resolution}</span>}
      </>
    ),
  },
];
