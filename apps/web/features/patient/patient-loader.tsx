"use client";
import type { Patient } from "@infirmary/shared/patient";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type ApiError, apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { usePatient } from "./queries.ts";

type Props = {
  id: string;
  children: (patient: Patient) => ReactNode;
  /** What to show of a patient who is not in the person's care here. */
  outOfScope?: (error: ApiError) => ReactNode;
};

/** Fetches a patient and hands it to the screen; says so when there is none or the API does not answer. */
export function PatientLoader({ id, children, outOfScope }: Props) {
  const patient = useQuery(usePatient(id));
  if (patient.data) return children(patient.data);
  if (!patient.error) return <PageSkeleton />;
  const error = apiError(patient.error);
  if (error.code === "out-of-scope" && outOfScope) return outOfScope(error);
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
