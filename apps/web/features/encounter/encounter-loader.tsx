"use client";
import type { Encounter } from "@infirmary/shared/encounter";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { useEncounter } from "./queries.ts";

/** Fetches a visit and hands it to the screen; says so when there is none or the API does not answer. */
export function EncounterLoader({ id, children }: { id: string; children: (encounter: Encounter) => ReactNode }) {
  const encounter = useQuery(useEncounter(id));
  if (encounter.data) return children(encounter.data);
  if (!encounter.error) return <PageSkeleton />;
  const error = apiError(encounter.error);
  const isMissing = error.code === "not-found" || error.code === "validation-failed";
  return (
    <>
      <PageHeader title={isMissing ? "Visit not found" : "Visit"} />
      {isMissing ? (
        <EmptyState title="There is no such visit." hint="Look in the list of visits." />
      ) : (
        <ErrorState error={error} onRetry={() => void encounter.refetch()} />
      )}
    </>
  );
}
