"use client";
import type { Encounter } from "@infirmary/shared/encounter";
import { Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { say } from "#ui/toast-store.ts";
import { useCancelEncounter } from "./queries.ts";
import { useSettle } from "./use-settle.ts";

/** Cancels a visit with a reason; a new one is planned if the patient comes after all. */
export function CancelEncounter({
  encounter,
  banner,
  onClose,
}: {
  encounter: Encounter;
  banner: ReactNode;
  onClose: () => void;
}) {
  const settle = useSettle();
  const cancel = useMutation(useCancelEncounter());
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const confirm = () => {
    if (reason.trim() === "") {
      setFault("Say why.");
      return;
    }
    cancel.mutate(
      { id: encounter.id, version: encounter.version, reason: reason.trim() },
      {
        onSuccess: (visit) => {
          settle(visit);
          say("Visit cancelled.");
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog
      isOpen
      title="Cancel this visit?"
      confirmLabel="Cancel the visit"
      isBusy={cancel.isPending}
      error={cancel.error && apiError(cancel.error)}
      onConfirm={confirm}
      onClose={onClose}
    >
      {banner}
      <p>This cannot be undone; plan another visit if the patient comes after all.</p>
      <Textarea
        data-autofocus
        label="Reason"
        rows={3}
        maxLength={500}
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
