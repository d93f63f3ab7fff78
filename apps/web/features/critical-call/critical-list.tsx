"use client";
import type { CriticalRow } from "@infirmary/shared/critical-call";
import { flagMeaning } from "@infirmary/shared/result";
import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { patientName } from "#lib/patient-name.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { useNow } from "#ui/use-now.ts";
import classes from "./critical-call.module.css";
import { useCriticals } from "./queries.ts";

const CallDialog = dynamic(() => import("./call-dialog.tsx").then((module) => module.CallDialog));

const isSettled = ({ calls, acknowledgedAt }: CriticalRow) =>
  acknowledgedAt !== null || calls.some(({ outcome }) => outcome === "READ_BACK");

/** Every critical value of the last days with its times: reported, due, told and read back, acknowledged. */
export function CriticalList() {
  const now = useNow();
  const [days, setDays] = useState("7");
  const [calling, setCalling] = useState<CriticalRow | null>(null);
  const query = useQuery(useCriticals(Number(days)));
  const columns: Column<CriticalRow>[] = [
    {
      key: "value",
      header: "Value",
      cell: ({ name, value, unit, flag, orderId }) => (
        <>
          <Link href={`/orders/${orderId}`} data-row-main>
            {name}
          </Link>{" "}
          <span className={classes.value}>
            {value} {flag} {flagMeaning(flag)?.arrow}
          </span>{" "}
          <span className={classes.dim}>{unit}</span>
        </>
      ),
    },
    { key: "patient", header: "Patient", cell: ({ patient }) => <bdi>{patientName(patient)}</bdi> },
    { key: "by", header: "Ordered by", yields: "first", cell: ({ orderedByName }) => <bdi>{orderedByName}</bdi> },
    { key: "reported", header: "Reported", width: "150px", cell: ({ reportedAt }) => <DateTime at={reportedAt} /> },
    {
      key: "due",
      header: "Tell by",
      width: "170px",
      cell: (row) => {
        const isLate = !isSettled(row) && Date.parse(row.dueAt) < now;
        return (
          <span className={isLate ? classes.late : undefined}>
            <DateTime at={row.dueAt} />
            {isLate && " overdue"}
          </span>
        );
      },
    },
    {
      key: "calls",
      header: "Told",
      cell: ({ calls }) => (
        <div className={classes.calls}>
          {calls.length === 0 && <span className={classes.dim}>Nobody yet</span>}
          {calls.map(({ id, outcome, told, note, calledAt, calledByName }) => (
            <p key={id}>
              {outcome === "READ_BACK" ? "Read back by " : "Not reached: "}
              <bdi>{told}</bdi>, <DateTime at={calledAt} /> <span className={classes.dim}>by {calledByName}</span>
              {note && ` · ${note}`}
            </p>
          ))}
        </div>
      ),
    },
    {
      key: "ack",
      header: "Acknowledged",
      width: "170px",
      yields: "second",
      cell: ({ acknowledgedAt, acknowledgedByName }) =>
        acknowledgedAt ? (
          <>
            <DateTime at={acknowledgedAt} /> <bdi className={classes.dim}>{acknowledgedByName}</bdi>
          </>
        ) : (
          <span className={classes.dim}>Not yet</span>
        ),
    },
    {
      key: "log",
      header: "",
      width: "100px",
      cell: (row) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Log call: ${row.name}, ${row.orderNumber}`}
          onClick={() => setCalling(row)}
        >
          Log call
        </Button>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title="Critical values"
        description="Whom they were told, when, and that they were read back. What nobody was told of comes first."
        actions={
          <Select
            aria-label="Period"
            allowDeselect={false}
            data={[
              { value: "1", label: "Last day" },
              { value: "7", label: "Last 7 days" },
              { value: "30", label: "Last 30 days" },
              { value: "90", label: "Last 90 days" },
            ]}
            value={days}
            onChange={(value) => setDays(value ?? "7")}
          />
        }
      />
      <DataTable
        caption="Critical values"
        columns={columns}
        rows={query.data?.items}
        rowKey={({ observationId }) => observationId}
        rowTone={(row) => (isSettled(row) ? undefined : "critical")}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={{ title: "No critical values in this period." }}
      />
      {calling && <CallDialog row={calling} onClose={() => setCalling(null)} />}
    </>
  );
}
