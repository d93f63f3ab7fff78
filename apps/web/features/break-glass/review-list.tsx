"use client";
import { type BreakGlass, breakGlassOutcomeNames, breakGlassReasonNames } from "@infirmary/shared/break-glass";
import { formatMrn } from "@infirmary/shared/patient";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { patientName } from "#lib/patient-name.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { FilterTabs } from "#ui/filter-tabs.tsx";
import { useListState } from "#ui/list-state.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { useNow } from "#ui/use-now.ts";
import classes from "./break-glass.module.css";
import { useBreakGlassList } from "./queries.ts";
import { ReviewDialog } from "./review-dialog.tsx";

const pageSize = 25;
const states = [
  { key: "waiting", label: "To review" },
  { key: "reviewed", label: "Reviewed" },
] as const;
type Filter = { state: "waiting" | "reviewed" };
const firstFilter: Filter = { state: "waiting" };

/** Every emergency access of the organisation: those to review by their deadline, those reviewed newest first. */
export function ReviewList() {
  const list = useListState("break-glass", firstFilter);
  const { state } = list.filter;
  const [opened, setOpened] = useState<BreakGlass | null>(null);
  const query = useQuery(
    useBreakGlassList({ state, limit: pageSize, ...(list.cursor ? { cursor: list.cursor } : {}) }),
  );
  const next = query.data?.nextCursor;
  const now = useNow();
  return (
    <>
      <PageHeader
        title="Emergency access"
        description="Records of patients out of scope that somebody opened for an hour, each reviewed within 72 hours."
      />
      <div className={classes.tabs}>
        <FilterTabs label="State" tabs={states} chosen={state} onChoose={(key) => list.setFilter({ state: key })} />
      </div>
      <DataTable
        caption="Emergency access"
        columns={columnsOf(state, now, setOpened)}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={
          state === "waiting"
            ? { title: "Nothing waits for a review.", hint: "You are told as soon as somebody opens a record." }
            : { title: "Nothing has been reviewed yet." }
        }
        paging={{
          page: list.page,
          hasNext: Boolean(next),
          onNext: () => next && list.next(next),
          onPrevious: list.previous,
        }}
        isStale={query.isPlaceholderData}
      />
      {opened && <ReviewDialog access={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function columnsOf(
  state: Filter["state"],
  now: number,
  open: (access: BreakGlass) => void,
): readonly Column<BreakGlass>[] {
  return [
    {
      key: "who",
      header: "Who",
      cell: ({ userName, userTitle, facilityName }) => (
        <>
          <bdi>{userName}</bdi>
          {userTitle && `, ${userTitle}`} · {facilityName}
        </>
      ),
    },
    {
      key: "patient",
      header: "Patient",
      cell: ({ patient }) => (
        <>
          <bdi>{patientName(patient)}</bdi> · MRN {formatMrn(patient.mrn)}
        </>
      ),
    },
    {
      key: "reason",
      header: "Reason",
      cell: ({ reasonCode, reasonText }) => (
        <span className={classes.reason}>
          {breakGlassReasonNames[reasonCode]}: <bdi>{reasonText}</bdi>
        </span>
      ),
    },
    { key: "at", header: "Opened", width: "150px", nowrap: true, cell: ({ startedAt }) => <DateTime at={startedAt} /> },
    {
      key: "lookups",
      header: "Looked up",
      width: "100px",
      align: "right",
      yields: "second",
      cell: ({ lookups }) => lookups,
    },
    state === "waiting"
      ? {
          key: "due",
          header: "Due",
          width: "180px",
          cell: ({ reviewDueAt }) => (
            <span className={Date.parse(reviewDueAt) < now ? classes.overdue : undefined}>
              <DateTime at={reviewDueAt} />
              {Date.parse(reviewDueAt) < now && " overdue"}
            </span>
          ),
        }
      : {
          key: "outcome",
          header: "Found",
          width: "220px",
          cell: ({ review }) => review && `${breakGlassOutcomeNames[review.outcome]}, ${review.reviewedByName}`,
        },
    {
      key: "review",
      header: "",
      width: "110px",
      cell: (access) => (
        <Button size="compact-sm" variant="default" data-row-main onClick={() => open(access)}>
          {state === "waiting" ? "Review" : "Show"}
        </Button>
      ),
    },
  ];
}
