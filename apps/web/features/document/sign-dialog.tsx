"use client";
import {
  type ClinicalDocument,
  documentKindNames,
  type SignatureMeaning,
  signatureMeanings,
  signatureMeaningTexts,
} from "@infirmary/shared/document";
import { Radio } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./document.module.css";
import { useSettle, useSignDocument } from "./queries.ts";

type Props = { document: ClinicalDocument; draftVersion: number; onClose: () => void };

/** What a signature means, before it is given. Who has not proved lately who they are is asked to. */
export function SignDialog({ document, draftVersion, onClose }: Props) {
  const { me } = useMe();
  const settle = useSettle();
  const sign = useMutation(useSignDocument());
  const { draft } = document;
  const wroteIt = draft?.startedByName === me.fullName || draft?.savedByName === me.fullName;
  const [meaning, setMeaning] = useState<SignatureMeaning>(wroteIt ? "author" : "responsible");
  const { id, patientId } = document;
  return (
    <ConfirmDialog
      isOpen
      title={`Sign ${documentKindNames[document.kind]}`}
      confirmLabel="Sign"
      isBusy={sign.isPending}
      error={sign.error && apiError(sign.error)}
      onClose={onClose}
      onConfirm={() =>
        sign.mutate(
          { id, patientId, draftVersion, meaning },
          {
            onSuccess: (signed) => {
              onClose();
              settle(signed);
              say("Signed.");
            },
          },
        )
      }
    >
      <div className={classes.stack}>
        <p>
          A signed document does not change any more. What is to be put right or added later becomes a version of its
          own.
        </p>
        <Radio.Group
          label="What my signature means"
          value={meaning}
          onChange={(value) => setMeaning(signatureMeanings.parse(value))}
        >
          <div className={classes.stack}>
            {signatureMeanings.options.map((option) => (
              <Radio key={option} value={option} label={signatureMeaningTexts[option]} />
            ))}
          </div>
        </Radio.Group>
      </div>
    </ConfirmDialog>
  );
}
