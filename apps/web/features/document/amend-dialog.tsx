"use client";
import type { ClinicalDocument } from "@infirmary/shared/document";
import { Radio, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import classes from "./document.module.css";
import { useAmendDocument, useSettle } from "./queries.ts";

/** Begins the next version of a signed document: a change of its text, or something below it, and why. */
export function AmendDialog({ document, onClose }: { document: ClinicalDocument; onClose: () => void }) {
  const settle = useSettle();
  const amend = useMutation(useAmendDocument());
  const [kind, setKind] = useState<"addendum" | "amendment">("addendum");
  const [reason, setReason] = useState("");
  const { id, patientId, number } = document;
  return (
    <ConfirmDialog
      isOpen
      title="Change a signed document"
      confirmLabel="Begin"
      isBusy={amend.isPending}
      isDisabled={reason.trim() === ""}
      error={amend.error && apiError(amend.error)}
      onClose={onClose}
      onConfirm={() =>
        amend.mutate(
          { id, patientId, kind, number, reason: reason.trim() },
          {
            onSuccess: (begun) => {
              onClose();
              settle(begun);
            },
          },
        )
      }
    >
      <div className={classes.stack}>
        <p>Version {number} stays in force until the new one is signed, and stays readable after that.</p>
        <Radio.Group
          label="What is it"
          value={kind}
          onChange={(value) => setKind(value === "amendment" ? "amendment" : "addendum")}
        >
          <div className={classes.stack}>
            <Radio value="addendum" label="Addendum: something is added, the text stays as it is" />
            <Radio value="amendment" label="Amendment: the text was wrong and is put right" />
          </div>
        </Radio.Group>
        <TextInput
          label="Reason"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
    </ConfirmDialog>
  );
}
