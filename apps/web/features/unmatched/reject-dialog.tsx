"use client";
import type { UnmatchedDetail } from "@infirmary/shared/unmatched";
import { Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { say } from "#ui/toast-store.ts";
import { useReject, useUnmatchedKey } from "./queries.ts";

/** Puts a message away, with the reason that stays with it. */
export function RejectDialog({ message, onClose }: { message: UnmatchedDetail; onClose: () => void }) {
  const queries = useQueryClient();
  const key = useUnmatchedKey();
  const [reason, setReason] = useState("");
  const reject = useMutation({
    ...useReject(),
    onSuccess: () => {
      say("Rejected. The message stays readable.");
      onClose();
      return queries.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <ConfirmDialog
      isOpen
      title="Reject this message?"
      confirmLabel="Reject message"
      isBusy={reject.isPending}
      isDisabled={reason.trim() === ""}
      error={reject.error && apiError(reject.error)}
      onConfirm={() => reject.mutate({ id: message.id, version: message.version, reason: reason.trim() })}
      onClose={onClose}
    >
      <p>None of its values is filed. It stays readable under Rejected.</p>
      <Textarea
        label="Reason"
        required
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
