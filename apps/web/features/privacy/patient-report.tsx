"use client";
import { useQuery } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dialog } from "#ui/dialog.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import classes from "./privacy.module.css";
import { Viewers } from "./privacy-tables.tsx";
import { usePatientReport } from "./queries.ts";

/** "Who looked at me": one patient's answer, from the first day on. */
export function PatientReport({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(usePatientReport(patientId));
  const title = data ? `Who saw ${data.patient.name} (${data.patient.mrn})` : "Who saw this patient";
  return (
    <Dialog title={title} onClose={onClose} size={860}>
      {error && <ErrorState error={apiError(error)} onRetry={() => void refetch()} isCompact />}
      {!error && <Viewers items={data?.items} patientId={patientId} />}
      <p className={classes.note}>
        Who cares for the patient, by a care team or by a deed (an order, a registration, a result), stands below who
        only looked. Lists count from the moment they are sealed, about a second after they were shown.
      </p>
    </Dialog>
  );
}
