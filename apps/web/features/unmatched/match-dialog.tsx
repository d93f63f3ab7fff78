"use client";
import { formatDate } from "@infirmary/shared/core";
import type { UnmatchedCandidate, UnmatchedDetail } from "@infirmary/shared/unmatched";
import { Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { say } from "#ui/toast-store.ts";
import { bornText } from "./message-text.ts";
import { useMatch, useUnmatchedKey } from "./queries.ts";

type Props = { message: UnmatchedDetail; candidate: UnmatchedCandidate; onClose: () => void };

/** Asks once more before results go to a patient: what the message says beside who it would be. */
export function MatchDialog({ message, candidate, onClose }: Props) {
  const queries = useQueryClient();
  const key = useUnmatchedKey();
  const [reason, setReason] = useState("");
  const match = useMutation({
    ...useMatch(),
    onSuccess: () => {
      say(`Filed with order ${candidate.orderNumber}.`);
      onClose();
      return queries.invalidateQueries({ queryKey: key });
    },
  });
  const says = message.preview.saysPatient;
  const { patient } = candidate;
  return (
    <ConfirmDialog
      isOpen
      title={`File with order ${candidate.orderNumber}?`}
      confirmLabel="File results"
      isBusy={match.isPending}
      error={match.error && apiError(match.error)}
      onConfirm={() =>
        match.mutate({
          id: message.id,
          orderId: candidate.orderId,
          version: message.version,
          reason: reason.trim() || null,
        })
      }
      onClose={onClose}
    >
      <FactList
        facts={[
          [
            "The message says",
            says
              ? [says.name, `born ${bornText(says.dateOfBirth)}`, ...says.identifiers].filter(Boolean).join(" · ")
              : "Nobody",
          ],
          [
            "The order's patient",
            `${patient.lastName}, ${patient.firstName} · born ${formatDate(patient.dateOfBirth)} · MRN ${patient.mrn}`,
          ],
          ["Test", candidate.testName],
        ]}
      />
      <Textarea
        label="Why it belongs there"
        description="Needed where the message says somebody or something else. It stands in the audit log."
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
