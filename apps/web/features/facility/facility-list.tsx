"use client";
import type { FacilityItem } from "@infirmary/shared/facility";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { FacilityDialog } from "./facility-dialog.tsx";
import { useFacilityList } from "./queries.ts";

const columns: readonly Column<FacilityItem>[] = [
  {
    key: "name",
    header: "Facility",
    cell: ({ id, name }) => (
      <Link href={`/facilities/${id}`} data-row-main>
        <bdi>{name}</bdi>
      </Link>
    ),
  },
  { key: "code", header: "Code", width: "110px", cell: ({ code }) => code },
  { key: "zone", header: "Time zone", cell: ({ timeZone }) => timeZone },
  { key: "departments", header: "Departments", align: "right", cell: ({ departments }) => departments },
  { key: "wards", header: "Wards", align: "right", cell: ({ wards }) => wards },
  { key: "rooms", header: "Rooms", align: "right", cell: ({ rooms }) => rooms },
  { key: "people", header: "People", align: "right", cell: ({ people }) => people },
  {
    key: "status",
    header: "Status",
    width: "120px",
    cell: ({ isActive }) => (
      <StatusBadge tone={isActive ? "plain" : "muted"}>{isActive ? "In use" : "Not in use"}</StatusBadge>
    ),
  },
];

/** The sites of the organisation. */
export function FacilityList() {
  const query = useQuery(useFacilityList());
  const [isAdding, setIsAdding] = useState(false);
  return (
    <>
      <PageHeader
        title="Facilities"
        description="Where your organisation works, with departments, wards and rooms."
        actions={<Button onClick={() => setIsAdding(true)}>New facility</Button>}
      />
      <DataTable
        caption="Facilities"
        columns={columns}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        rowTone={({ isActive }) => (isActive ? undefined : "muted")}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={{ title: "No facilities." }}
      />
      {isAdding && <FacilityDialog facility={null} onClose={() => setIsAdding(false)} />}
    </>
  );
}
