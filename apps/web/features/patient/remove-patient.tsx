"use client";
import type { Patient } from "@infirmary/shared/patient";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { patientName } from "#lib/patient-name.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { sayWithUndo } from "#ui/toast-store.ts";
import { PatientBanner } from "./patient-banner.tsx";
import { usePatientKeys, useRemovePatient, useRestorePatient } from "./queries.ts";

/** Takes a record out of every list and search. It is kept, hidden, and can be brought back for ten seconds from here. */
export function RemovePatient({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const router = useRouter();
  const queries = useQueryClient();
  const { all } = usePatientKeys();
  const remove = useMutation(useRemovePatient());
  const restore = useMutation(useRestorePatient());
  const { id } = patient;
  const confirm = async () => {
    await remove.mutateAsync({ id });
    onClose();
    router.push("/patients");
    void queries.invalidateQueries({ queryKey: all });
    sayWithUndo(`Removed ${patientName(patient)}.`, async () => {
      await restore.mutateAsync({ id });
      await queries.invalidateQueries({ queryKey: all });
    });
  };
  return (
    <ConfirmDialog
      isOpen
      title="Remove this patient record?"
      confirmLabel="Remove record"
      isBusy={remove.isPending}
      error={remove.error && apiError(remove.error)}
      onConfirm={() => void confirm().catch(() => undefined)}
      onClose={onClose}
    >
      <PatientBanner patient={patient} isInDialog />
      <p>
        The record disappears from lists and searches. Orders, results and the audit log are kept. Use it for a record
        that was made by mistake.
      </p>
    </ConfirmDialog>
  );
}
