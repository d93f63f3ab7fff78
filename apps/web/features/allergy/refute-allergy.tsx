"use client";
import type { Allergy } from "@infirmary/shared/allergy";
import { Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { say } from "#ui/toast-store.ts";
import { useAllergiesChanged, useRefuteAllergy } from "./queries.ts";

/** Takes a wrong entry off the list; after the last one the patient counts as not asked, never as free of allergies. */
export function RefuteAllergy({
  allergy,
  patientId,
  onClose,
}: {
  allergy: Allergy;
  patientId: string;
  onClose: () => void;
}) {
  const refute = useMutation(useRefuteAllergy());
  const changed = useAllergiesChanged(patientId);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const confirm = () => {
    if (reason.trim() === "") {
      setFault("Say why it was wrong.");
      return;
    }
    refute.mutate(
      { id: allergy.id, reason: reason.trim() },
      {
        onSuccess: (list) => {
          changed(list);
          say(`Taken off the list: ${allergy.substance}.`);
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog
      isOpen
      title={`Take ${allergy.substance} off the list?`}
      confirmLabel="Take off the list"
      isBusy={refute.isPending}
      error={refute.error && apiError(refute.error)}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>Nobody will be warned of it any more. The entry and your reason stay in the audit log.</p>
      <Textarea
        data-autofocus
        label="Why it was wrong"
        rows={2}
        maxLength={300}
        value={reason}
        error={fault}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setFault(null);
        }}
      />
    </ConfirmDialog>
  );
}
