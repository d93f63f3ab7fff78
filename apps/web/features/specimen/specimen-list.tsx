"use client";
import {
  readScan,
  type Specimen,
  type SpecimenStatus,
  specimenStatuses,
  specimenStatusNames,
} from "@infirmary/shared/specimen";
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { patientName } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { FilterTabs } from "#ui/filter-tabs.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { useReceive, useScan, useSpecimenList } from "./queries.ts";
import classes from "./specimen.module.css";
import { useTube } from "./use-tube.ts";

type Tab = SpecimenStatus | "all";
const tabs: { key: Tab; label: string }[] = [
  { key: "COLLECTED", label: "To receive" },
  ...specimenStatuses.options
    .filter((status) => status !== "COLLECTED")
    .map((key) => ({ key, label: specimenStatusNames[key] })),
  { key: "all", label: "All" },
];

const columns: readonly Column<Specimen>[] = [
  {
    key: "barcode",
    header: "Tube",
    width: "110px",
    cell: ({ id, barcode }) => (
      <Link href={`/specimens/${id}`} data-row-main>
        {barcode}
      </Link>
    ),
  },
  { key: "patient", header: "Patient", cell: ({ patient }) => <bdi>{patientName(patient)}</bdi> },
  { key: "tests", header: "Tests", cell: ({ orders }) => orders.map(({ testName }) => testName).join(", ") },
  {
    key: "priority",
    header: "Priority",
    width: "90px",
    cell: ({ orders }) =>
      orders.some(({ priority }) => priority === "STAT") ? (
        <StatusBadge tone="accent">STAT</StatusBadge>
      ) : orders.some(({ priority }) => priority === "URGENT") ? (
        "Urgent"
      ) : (
        "Routine"
      ),
  },
  { key: "container", header: "Container", yields: "first", cell: ({ containerName }) => containerName ?? "" },
  { key: "status", header: "Status", width: "140px", cell: ({ status }) => specimenStatusNames[status] },
  { key: "at", header: "Collected", width: "160px", cell: ({ collectedAt }) => <DateTime at={collectedAt} /> },
];

/** The tubes of the facility, and the field where one is received by scan. */
export function SpecimenList() {
  const { can } = useMe();
  const [tab, setTab] = useState<Tab>("COLLECTED");
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const query = useQuery(
    useSpecimenList({ limit: 50, ...(tab === "all" ? {} : { status: tab }), ...(cursor ? { cursor } : {}) }),
  );
  const next = query.data?.nextCursor;
  return (
    <>
      <PageHeader title="Specimens" description="Scan a tube to receive it; open one to see its way." />
      {can("specimen.process") && <ReceiveByScan />}
      <FilterTabs
        label="Status"
        tabs={tabs}
        chosen={tab}
        onChoose={(key) => {
          setTab(key);
          setCursors([]);
        }}
      />
      <DataTable
        caption="Specimens"
        columns={columns}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        isStale={query.isPlaceholderData}
        paging={{
          page: cursors.length + 1,
          hasNext: Boolean(next),
          onNext: () => next && setCursors([...cursors, next]),
          onPrevious: () => setCursors(cursors.slice(0, -1)),
        }}
        empty={{
          title: tab === "COLLECTED" ? "No tube is on its way." : "No tube here.",
          hint: "Tubes show up as they are collected.",
        }}
      />
    </>
  );
}

/** Scan after scan: each tube is received, and the field is ready for the next. What is wrong with a code stays until then. */
function ReceiveByScan() {
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const scan = useMutation(useScan());
  const receive = useMutation(useReceive());
  const { settle } = useTube();
  const take = async () => {
    setFault(null);
    try {
      const { id } = await scan.mutateAsync({ code, expected: "specimen" });
      settle(await receive.mutateAsync({ id, barcode: code }), "Received");
    } catch (thrown) {
      const { detail, title } = apiError(thrown);
      setFault(`${readScan(code)?.code ?? code}: ${detail ?? title}`);
    }
    setCode("");
  };
  return (
    <>
      <form
        className={classes.scan}
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim() !== "") void take();
        }}
      >
        <TextInput
          className={classes.field}
          label="Receive by scan or by hand"
          placeholder="S1000427"
          autoComplete="off"
          autoFocus
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={scan.isPending || receive.isPending}>
          Receive
        </Button>
      </form>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault}
        </p>
      )}
    </>
  );
}
