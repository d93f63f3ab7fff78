"use client";
import type { FacilityDetail } from "@infirmary/shared/facility";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { Section } from "#ui/section.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import classes from "./facility.module.css";
import { FacilityDialog } from "./facility-dialog.tsx";
import { LocationList } from "./location-list.tsx";
import { useFacility } from "./queries.ts";
import { SetInUse } from "./set-in-use.tsx";

/** One facility: what it is, and its departments, wards and rooms. */
export function FacilityScreen({ id }: { id: string }) {
  const query = useQuery(useFacility(id));
  if (query.data) return <Shown facility={query.data} />;
  if (!query.error) return <PageSkeleton />;
  const error = apiError(query.error);
  const isAbsent = error.code === "not-found" || error.code === "validation-failed";
  return (
    <>
      <PageHeader title={isAbsent ? "Facility not found" : "Facility"} />
      {isAbsent ? (
        <EmptyState title="There is no such facility." />
      ) : (
        <ErrorState error={error} onRetry={() => void query.refetch()} />
      )}
    </>
  );
}

function Shown({ facility }: { facility: FacilityDetail }) {
  const [open, setOpen] = useState<"change" | "use" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader
        title={facility.name}
        description={
          <StatusBadge tone={facility.isActive ? "plain" : "muted"}>
            {facility.isActive ? "In use" : "Not in use"}
          </StatusBadge>
        }
        actions={
          <>
            <Button variant="default" onClick={() => setOpen("use")}>
              {facility.isActive ? "Take out of use" : "Use again"}
            </Button>
            <Button onClick={() => setOpen("change")}>Change facility</Button>
          </>
        }
      />
      <Section title="Details">
        <FactList
          facts={[
            ["Code", facility.code],
            ["Time zone", facility.timeZone.replaceAll("_", " ")],
            [
              "Address",
              <span key="v" className={classes.address}>
                {facility.address ?? "None"}
              </span>,
            ],
            ["People", `${facility.people} work here`],
          ]}
        />
      </Section>
      <LocationList facility={facility} kind="DEPARTMENT" />
      <LocationList facility={facility} kind="WARD" />
      <LocationList facility={facility} kind="ROOM" />
      {open === "change" && <FacilityDialog facility={facility} onClose={close} />}
      {open === "use" && <SetInUse record={facility} onClose={close} />}
    </>
  );
}
