"use client";
import type { Patient } from "@infirmary/shared/patient";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { usePatient } from "./queries.ts";

/** Fetches a patient and hands it to the screen; says so when there is none or the API does not answer. */
export function PatientLoader({ id, children }: { id: string; children: (patient: Patient) => ReactNode }) {
  const patient = useQuery(usePatient(id));
  if (patient.data) return children(patient.data);
  if (!patient.error) return <PageSkeleton />;
  const error = apiError(patient.error);
  if (error.code === "not-found" || error.code === "validation-failed") {
    return (
      <>
        <PageHeader title="Patient not found" />
        <EmptyState title="There is no such patient." hint="The record may have been removed." />
      </>
    );
  }
  return (
    <>
      <PageHeader title="Patient" />
      <ErrorState error={error} onRetry={() => void patient.refetch()} />
    </>
  );
}
