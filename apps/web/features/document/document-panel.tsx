"use client";
import { documentKindNames } from "@infirmary/shared/document";
import { CloseButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import classes from "./document.module.css";
import { DraftEditor } from "./draft-editor.tsx";
import { useDocument } from "./queries.ts";
import { SignedView } from "./signed-view.tsx";

type Props = { id: string; patientId: string; onClose: () => void };

/** One document beside the chart: written or read while the chart stays in view. What is typed is on the server, so closing loses nothing. */
export function DocumentPanel({ id, patientId, onClose }: Props) {
  const { can } = useMe();
  const query = useQuery(useDocument(id));
  const headRef = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a panel that opens, or shows another document, takes the focus
  useEffect(() => headRef.current?.focus({ preventScroll: true }), [id]);
  // A link of another patient's chart must not open here.
  const document = query.data?.patientId === patientId ? query.data : undefined;
  const isForeign = query.data !== undefined && !document;
  return (
    <aside className={`${classes.panel} no-print`} aria-label="Document">
      <div className={classes.head}>
        <h2 ref={headRef} tabIndex={-1} className={classes.title}>
          {document ? documentKindNames[document.kind] : "Document"}{" "}
          {document && (
            <span className={classes.whose}>
              for <bdi>{`${document.patient.lastName}, ${document.patient.firstName}`}</bdi>
            </span>
          )}
        </h2>
        <CloseButton aria-label="Close document" onClick={onClose} />
      </div>
      <div className={classes.body}>
        {query.error && !document && (
          <ErrorState error={apiError(query.error)} onRetry={() => void query.refetch()} isCompact />
        )}
        {isForeign && <ErrorState error={{ title: "This document is about another patient." }} isCompact />}
        {query.isPending && <PageSkeleton />}
        {document?.draft && can("document.write") && (
          <DraftEditor
            key={`${id}-${document.draft.number}`}
            document={document}
            draft={document.draft}
            onGone={onClose}
          />
        )}
        {document?.status === "DISCARDED" && <p className={classes.hint}>This draft was put away.</p>}
        {document?.current && !(document.draft && can("document.write")) && (
          <SignedView document={document} current={document.current} />
        )}
      </div>
    </aside>
  );
}
