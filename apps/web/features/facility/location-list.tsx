"use client";
import type { FacilityDetail, Location, LocationKind } from "@infirmary/shared/facility";
import { Button } from "@mantine/core";
import { useState } from "react";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { Section } from "#ui/section.tsx";
import classes from "./facility.module.css";
import { kindNames } from "./kind-names.ts";
import { LocationDialog } from "./location-dialog.tsx";
import { SetInUse } from "./set-in-use.tsx";

type Open = { what: "change" | "use"; location: Location } | { what: "add" } | null;

/** The departments, the wards or the rooms of a facility. */
export function LocationList({ facility, kind }: { facility: FacilityDetail; kind: LocationKind }) {
  const [open, setOpen] = useState<Open>(null);
  const { one, many } = kindNames[kind];
  const close = () => setOpen(null);
  const nameOf = (id: string | null) => facility.locations.find((location) => location.id === id)?.name ?? "";
  const columns: Column<Location>[] = [
    { key: "name", header: "Name", cell: ({ name }) => <bdi>{name}</bdi> },
    { key: "code", header: "Code", width: "110px", cell: ({ code }) => code },
    ...(kind === "DEPARTMENT"
      ? []
      : [{ key: "parent", header: "In", cell: ({ parentId }: Location) => <bdi>{nameOf(parentId)}</bdi> }]),
    { key: "status", header: "Status", width: "110px", cell: ({ isActive }) => (isActive ? "In use" : "Not in use") },
    {
      key: "change",
      header: "",
      width: "250px",
      cell: (location) => (
        <span className={classes.rowActions}>
          <Button
            size="compact-sm"
            variant="default"
            data-row-main
            aria-label={`Change ${location.name}`}
            onClick={() => setOpen({ what: "change", location })}
          >
            Change
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${location.isActive ? "Take out of use" : "Use again"}: ${location.name}`}
            onClick={() => setOpen({ what: "use", location })}
          >
            {location.isActive ? "Take out of use" : "Use again"}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Section
      title={many}
      actions={
        <Button size="compact-sm" variant="default" onClick={() => setOpen({ what: "add" })}>
          Add {one}
        </Button>
      }
    >
      <DataTable
        caption={many}
        columns={columns}
        rows={facility.locations.filter((location) => location.kind === kind)}
        rowKey={({ id }) => id}
        rowTone={({ isActive }) => (isActive ? undefined : "muted")}
        empty={{ title: `No ${many.toLowerCase()} yet.` }}
      />
      {open?.what === "use" && <SetInUse record={open.location} onClose={close} />}
      {open && open.what !== "use" && (
        <LocationDialog
          facility={facility}
          kind={kind}
          location={open.what === "change" ? open.location : null}
          onClose={close}
        />
      )}
    </Section>
  );
}
