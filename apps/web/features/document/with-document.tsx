"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import classes from "./document.module.css";
import { useOpenDocument } from "./use-open-document.ts";

const DocumentPanel = dynamic(() => import("./document-panel.tsx").then((module) => module.DocumentPanel));

/** A screen about a patient with the open document beside it, where one is open. */
export function WithDocument({ patientId, children }: { patientId: string; children: ReactNode }) {
  const { id, close } = useOpenDocument();
  return (
    <div className={classes.frame} data-open={id !== null}>
      <div className={classes.content}>{children}</div>
      {id && <DocumentPanel key={id} id={id} patientId={patientId} onClose={close} />}
    </div>
  );
}
