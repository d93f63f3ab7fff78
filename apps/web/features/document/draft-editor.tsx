"use client";
import {
  type ClinicalDocument,
  type DocumentDraft,
  editableSections,
  missingSections,
  sectionsOf,
  versionKindNames,
} from "@infirmary/shared/document";
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { TimeOfDay } from "#ui/date-time.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { sayWithUndo } from "#ui/toast-store.ts";
import classes from "./document.module.css";
import { useDiscardDraft, useRestoreDraft, useSettle } from "./queries.ts";
import { useDraft } from "./use-draft.ts";

const SignDialog = dynamic(() => import("./sign-dialog.tsx").then((module) => module.SignDialog));
const DraftConflict = dynamic(() => import("./draft-conflict.tsx").then((module) => module.DraftConflict));

type Props = { document: ClinicalDocument; draft: DocumentDraft; onGone: () => void };

/** Where a document is written. It saves itself and says when; signing takes exactly what was saved last. */
export function DraftEditor({ document, draft, onGone }: Props) {
  const { can } = useMe();
  const writing = useDraft(document, draft);
  const { state, isSaved, isSaving, error } = writing;
  const [isSigning, setIsSigning] = useState(false);
  const away = useDiscard(document, onGone);
  const editable = editableSections(document, { ...draft, sections: state.texts });
  const fixed = sectionsOf(document, Object.keys(state.texts)).filter(({ key }) =>
    editable.every((section) => section.key !== key),
  );
  const missing = missingSections(document, state.texts);
  const sign = async () => {
    await writing.flush();
    if (writing.isSavedNow()) setIsSigning(true);
  };
  return (
    <>
      {draft.reason && (
        <p className={classes.attention}>
          {versionKindNames[draft.kind]} of version {draft.number - 1}: {draft.reason}
        </p>
      )}
      {fixed.map(({ key, label }) => (
        <Part key={key} label={label} text={state.texts[key] ?? ""} />
      ))}
      {editable.map(({ key, label, hint, isNeeded, rows }) => (
        <Textarea
          key={key}
          label={isNeeded ? label : `${label} (optional)`}
          description={hint}
          autosize
          minRows={rows}
          maxRows={16}
          maxLength={20_000}
          value={state.texts[key] ?? ""}
          onChange={(event) => writing.type(key, event.currentTarget.value)}
          onBlur={() => void writing.flush()}
        />
      ))}
      {error && !isSaved && <ErrorState error={error} onRetry={() => void writing.flush()} isCompact />}
      {away.error && <ErrorState error={apiError(away.error)} isCompact />}
      <div className={classes.actions}>
        {can("document.sign") && (
          <Button onClick={() => void sign()} disabled={missing.length > 0 || state.conflict !== null}>
            Sign
          </Button>
        )}
        <Button variant="default" loading={away.isPending} onClick={away.discard}>
          Put away
        </Button>
        <span className={classes.hint} role="status">
          {isSaving ? (
            "Saving"
          ) : isSaved ? (
            <>
              Saved <TimeOfDay at={state.savedAt} />
            </>
          ) : (
            "Not saved yet"
          )}
        </span>
      </div>
      {missing.length > 0 && <p className={classes.hint}>To sign, still to be written: {missing.join(", ")}.</p>}
      {state.conflict && <DraftConflict document={document} state={state} onResolve={writing.resolve} />}
      {isSigning && (
        <SignDialog document={document} draftVersion={writing.versionNow()} onClose={() => setIsSigning(false)} />
      )}
    </>
  );
}

/** A part of a text that is only read. */
export function Part({ label, text }: { label: string; text: string }) {
  if (text.trim() === "") return null;
  return (
    <div>
      <h3 className={classes.label}>{label}</h3>
      <p className={classes.text}>{text}</p>
    </div>
  );
}

/** Puts a draft away; the corner offers to bring it back for ten seconds. */
function useDiscard({ id, patientId }: ClinicalDocument, onGone: () => void) {
  const settle = useSettle();
  const restore = useMutation(useRestoreDraft());
  const { mutate, isPending, error } = useMutation(useDiscardDraft());
  const bringBack = async () => settle(await restore.mutateAsync({ id, patientId }));
  const discard = () =>
    mutate(
      { id, patientId },
      {
        onSuccess: (document) => {
          settle(document);
          if (document.status === "DISCARDED") onGone();
          sayWithUndo("Draft put away.", bringBack);
        },
      },
    );
  return { discard, isPending, error };
}
