"use client";
import {
  type ClinicalDocument,
  type DocumentVersion,
  sectionsOf,
  signatureMeaningTexts,
  versionKindNames,
} from "@infirmary/shared/document";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { saveBytes } from "#ui/save-bytes.ts";
import classes from "./document.module.css";
import { Part } from "./draft-editor.tsx";
import { usePdf } from "./queries.ts";

const AmendDialog = dynamic(() => import("./amend-dialog.tsx").then((module) => module.AmendDialog));
const CompareVersions = dynamic(() => import("./compare-versions.tsx").then((module) => module.CompareVersions));

type Props = { document: ClinicalDocument; current: DocumentVersion };

/** The version in force as it was signed, with the ways on from it. */
export function SignedView({ document, current }: Props) {
  const { can } = useMe();
  const fetchPdf = usePdf();
  const pdf = useMutation({ mutationFn: () => fetchPdf(document.id, current.number), onSuccess: saveBytes });
  const [open, setOpen] = useState<"amend" | "compare" | null>(null);
  return (
    <>
      {!current.isIntact && (
        <p className={classes.broken} role="alert">
          This text is not what was signed. Do not rely on it, and tell your administrator.
        </p>
      )}
      {current.supersedes !== null && (
        <p className={classes.attention}>
          {versionKindNames[current.kind]} of version {current.supersedes}: {current.reason}
        </p>
      )}
      {sectionsOf(document, Object.keys(current.sections)).map(({ key, label }) => (
        <Part key={key} label={label} text={current.sections[key] ?? ""} />
      ))}
      <div>
        <p>
          Signed by {current.signedByName}, <DateTime at={current.signedAt} />, version {current.number}
        </p>
        <p className={classes.hint}>{signatureMeaningTexts[current.meaning]}</p>
        <p className={classes.hash}>SHA-256 {current.hash}</p>
      </div>
      {pdf.error && <ErrorState error={apiError(pdf.error)} isCompact />}
      <div className={classes.actions}>
        {can("document.write") && !document.draft && <Button onClick={() => setOpen("amend")}>Amend or add</Button>}
        <Button variant="default" loading={pdf.isPending} onClick={() => pdf.mutate()}>
          Save PDF
        </Button>
        {document.number > 1 && (
          <Button variant="default" onClick={() => setOpen("compare")}>
            Compare versions
          </Button>
        )}
      </div>
      {open === "amend" && <AmendDialog document={document} onClose={() => setOpen(null)} />}
      {open === "compare" && <CompareVersions document={document} onClose={() => setOpen(null)} />}
    </>
  );
}
