"use client";
import { type BenchRow, type BenchStage, benchStageNames, benchStages } from "@infirmary/shared/lab-result";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { patientName } from "#lib/patient-name.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { FilterTabs } from "#ui/filter-tabs.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { useNow } from "#ui/use-now.ts";
import classes from "./lab-result.module.css";
import { useBench } from "./queries.ts";

type Tab = BenchStage | "all";

/** `12 min late`, `due in 3 h`. */
export function dueText(dueAt: string | null, nowMs: number): { text: string; isLate: boolean } {
  if (dueAt === null) return { text: "No target", isLate: false };
  const minutes = Math.round((Date.parse(dueAt) - nowMs) / 60_000);
  const span = Math.abs(minutes) < 120 ? `${Math.abs(minutes)} min` : `${Math.round(Math.abs(minutes) / 60)} h`;
  return minutes < 0 ? { text: `${span} late`, isLate: true } : { text: `due in ${span}`, isLate: false };
}

/** What is to be done in the laboratory, by department and step: what is overdue first, STAT before the others. */
export function Bench() {
  const now = useNow();
  const [tab, setTab] = useState<Tab>("all");
  const [department, setDepartment] = useState<string | null>(null);
  const query = useQuery(useBench({ ...(tab === "all" ? {} : { stage: tab }), ...(department ? { department } : {}) }));
  const counts = query.data?.counts ?? [];
  const here = counts.filter((row) => department === null || row.department === department);
  const countOf = (stage: Tab) =>
    query.data &&
    here.filter((row) => stage === "all" || row.stage === stage).reduce((sum, { count }) => sum + count, 0);
  const overdueOf = (stage: Tab) =>
    here.filter((row) => stage === "all" || row.stage === stage).reduce((sum, { overdue }) => sum + overdue, 0);
  const departments = [...new Set(counts.map((row) => row.department))].sort();
  const columns: Column<BenchRow>[] = [
    {
      key: "due",
      header: "Due",
      width: "110px",
      cell: ({ dueAt }) => {
        const { text, isLate } = dueText(dueAt, now);
        return <span className={isLate ? classes.late : undefined}>{text}</span>;
      },
    },
    {
      key: "priority",
      header: "Priority",
      width: "90px",
      cell: ({ priority }) =>
        priority === "STAT" ? (
          <StatusBadge tone="accent">STAT</StatusBadge>
        ) : priority === "URGENT" ? (
          "Urgent"
        ) : (
          "Routine"
        ),
    },
    {
      key: "test",
      header: "Test",
      cell: ({ orderId, testName, stage }) => (
        <Link
          href={stage === "COLLECT" || stage === "RECEIVE" ? `/orders/${orderId}` : `/bench/${orderId}`}
          data-row-main
        >
          {testName}
        </Link>
      ),
    },
    { key: "patient", header: "Patient", cell: ({ patient }) => <bdi>{patientName(patient)}</bdi> },
    { key: "order", header: "Order", width: "110px", cell: ({ orderNumber }) => orderNumber },
    { key: "department", header: "Department", width: "130px", yields: "first", cell: (row) => row.department },
    { key: "stage", header: "Next", width: "110px", cell: ({ stage }) => benchStageNames[stage] },
    {
      key: "at",
      header: "Ordered",
      width: "160px",
      yields: "second",
      cell: ({ orderedAt }) => <DateTime at={orderedAt} />,
    },
  ];
  const tabOf = (key: Tab, label: string) => ({
    key,
    label,
    count: countOf(key),
    mark: overdueOf(key) > 0 ? <span className={classes.late}> {overdueOf(key)} late</span> : null,
  });
  return (
    <>
      <PageHeader title="Bench" description="What is to be done next: overdue first, then STAT." />
      <div className={classes.filters}>
        <FilterTabs
          label="Step"
          tabs={[tabOf("all", "All"), ...benchStages.options.map((stage) => tabOf(stage, benchStageNames[stage]))]}
          chosen={tab}
          onChoose={setTab}
        />
        <Select
          aria-label="Department"
          placeholder="All departments"
          clearable
          data={departments}
          value={department}
          onChange={setDepartment}
        />
      </div>
      <DataTable
        caption="Bench"
        columns={columns}
        rows={query.data?.items}
        rowKey={({ orderId }) => orderId}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        isStale={query.isPlaceholderData}
        empty={{ title: "Nothing to do here.", hint: "Orders show up by themselves." }}
      />
    </>
  );
}
