"use client";
import { formatDate } from "@infirmary/shared/core";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateField } from "#ui/date-field.tsx";
import { readDate } from "#ui/date-text.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { useOrderVolume } from "./queries.ts";
import classes from "./volume.module.css";
import { type Period, type PeriodName, periodNames, periodOf } from "./volume-period.ts";

type Row = { testCode: string; testName: string; completed: number; stat: number };

/** How many tests of each kind were completed in a period. Counts only: no patient and no value is in it. */
export function OrderVolume() {
  const { timeZone } = useMe();
  const today = todayIn(timeZone);
  const [name, setName] = useState<PeriodName | "own">("this-month");
  const [own, setOwn] = useState({ from: "", to: "" });
  const period = name === "own" ? readPeriod(own) : periodOf(name, today);
  const query = useQuery(useOrderVolume(period));
  const rows = period ? query.data?.items : [];
  const total = (rows ?? []).reduce((sum, row) => sum + row.completed, 0);
  const most = Math.max(1, ...(rows ?? []).map((row) => row.completed));
  return (
    <>
      <PageHeader
        title="Completed tests"
        description="Counts per test, without patients and without values. Prices and invoices are not part of this screen."
      />
      <div className={classes.period}>
        <NativeSelect
          label="Period"
          value={name}
          data={[
            ...Object.entries(periodNames).map(([value, label]) => ({ value, label })),
            { value: "own", label: "From day to day" },
          ]}
          onChange={(event) => setName(event.currentTarget.value as PeriodName | "own")}
        />
        {name === "own" && (
          <>
            <DateField label="From day" value={own.from} onChange={(from) => setOwn({ ...own, from })} />
            <DateField label="To day" value={own.to} onChange={(to) => setOwn({ ...own, to })} />
          </>
        )}
        <p className={classes.sum} role="status">
          {period && rows
            ? `${formatDate(period.from)} to ${formatDate(period.to)}: ${total} ${total === 1 ? "test" : "tests"} completed`
            : ""}
        </p>
      </div>
      <DataTable
        caption="Completed tests"
        columns={columns(most)}
        rows={rows}
        rowKey={(row) => row.testCode}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={
          period
            ? { title: "No test was completed in this period.", hint: "Choose another period." }
            : { title: "Give both days.", hint: "For example 01-Nov-2026 to 15-Nov-2026." }
        }
        isStale={query.isPlaceholderData}
      />
    </>
  );
}

function columns(most: number): Column<Row>[] {
  return [
    { key: "name", header: "Test", cell: (row) => row.testName },
    { key: "code", header: "LOINC", width: "100px", nowrap: true, yields: "second", cell: (row) => row.testCode },
    { key: "completed", header: "Completed", width: "100px", align: "right", cell: (row) => row.completed },
    { key: "stat", header: "Of these STAT", width: "110px", align: "right", cell: (row) => row.stat },
    {
      key: "share",
      header: "Compared",
      width: "24%",
      cell: (row) => (
        <span aria-hidden="true" className={classes.bar} style={{ width: `${(row.completed / most) * 100}%` }} />
      ),
    },
  ];
}

function readPeriod({ from, to }: Period): Period | null {
  const [first, last] = [readDate(from), readDate(to)];
  return "date" in first && "date" in last && first.date <= last.date ? { from: first.date, to: last.date } : null;
}
