"use client";
import type { LabTestDetail } from "@infirmary/shared/catalog";
import { Button, Select, Switch, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { FilterBar } from "#ui/filter-bar.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { useLabSetup, useTestList } from "./queries.ts";
import { usualText } from "./range-words.ts";

const TestDialog = dynamic(() => import("./test-dialog.tsx").then((module) => module.TestDialog));

const pageSize = 50;
const columns: readonly Column<LabTestDetail>[] = [
  {
    key: "name",
    header: "Test",
    cell: ({ code, shortName, name }) => (
      <Link href={`/catalogue/${code}`} data-row-main title={name}>
        {shortName}
      </Link>
    ),
  },
  { key: "code", header: "LOINC", width: "100px", cell: ({ code }) => code },
  { key: "category", header: "Department", width: "140px", cell: ({ category }) => category },
  { key: "specimen", header: "Specimen", width: "150px", yields: "first", cell: ({ specimen }) => specimen },
  {
    key: "unit",
    header: "Unit",
    width: "110px",
    cell: ({ unit, isPanel, members }) => (isPanel ? `${members.length} tests` : unit),
  },
  {
    key: "range",
    header: "Range",
    width: "170px",
    cell: ({ ranges, isPanel }) => {
      const now = ranges.filter(({ validTo }) => validTo === null);
      if (isPanel) return "";
      return now.length > 1 ? `${now.length} ranges` : now[0] ? usualText(now[0]) : "None: no flags";
    },
  },
  {
    key: "tat",
    header: "STAT within",
    width: "110px",
    align: "right",
    yields: "second",
    cell: ({ turnaroundStat }) => (turnaroundStat === null ? "" : `${turnaroundStat} min`),
  },
  {
    key: "status",
    header: "Status",
    width: "110px",
    cell: ({ isActive }) => (
      <StatusBadge tone={isActive ? "plain" : "muted"}>{isActive ? "In use" : "Not in use"}</StatusBadge>
    ),
  },
];

/** The tests and panels that can be ordered, and how each is judged. */
export function TestList() {
  const { can } = useMe();
  const [q, setQ] = useState("");
  const [words] = useDebouncedValue(q, 200);
  const [category, setCategory] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const [cursors, setCursors] = useState<string[]>([]);
  const [isAdding, setIsAdding] = useState(false);
  const setup = useQuery(useLabSetup());
  const cursor = cursors.at(-1);
  const query = useQuery(
    useTestList({ q: words, all, limit: pageSize, ...(category ? { category } : {}), ...(cursor ? { cursor } : {}) }),
  );
  const next = query.data?.nextCursor;
  const restart = () => setCursors([]);
  return (
    <>
      <PageHeader
        title="Test catalogue"
        description="What can be ordered, how values are judged, and how soon they are due."
        actions={can("catalog.manage") && <Button onClick={() => setIsAdding(true)}>New test</Button>}
      />
      <FilterBar
        isFiltered={q !== "" || category !== null || all}
        onClear={() => {
          setQ("");
          setCategory(null);
          setAll(false);
          restart();
        }}
      >
        <TextInput
          aria-label="Search tests"
          placeholder="Name or code"
          value={q}
          maxLength={60}
          onChange={(event) => {
            setQ(event.currentTarget.value);
            restart();
          }}
        />
        <Select
          aria-label="Department"
          placeholder="All departments"
          clearable
          data={setup.data?.categories ?? []}
          value={category}
          onChange={(value) => {
            setCategory(value);
            restart();
          }}
        />
        <Switch
          label="Show what is not in use"
          checked={all}
          onChange={(event) => {
            setAll(event.currentTarget.checked);
            restart();
          }}
        />
      </FilterBar>
      <DataTable
        caption="Tests"
        columns={columns}
        rows={query.data?.items}
        rowKey={({ code }) => code}
        rowTone={({ isActive }) => (isActive ? undefined : "muted")}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        isStale={query.isPlaceholderData}
        skeletonRows={20}
        paging={{
          page: cursors.length + 1,
          hasNext: Boolean(next),
          onNext: () => next && setCursors([...cursors, next]),
          onPrevious: () => setCursors(cursors.slice(0, -1)),
        }}
        empty={{ title: "No test fits.", hint: "Search for part of a name, or for a LOINC code." }}
      />
      {isAdding && <TestDialog test={null} onClose={() => setIsAdding(false)} />}
    </>
  );
}
