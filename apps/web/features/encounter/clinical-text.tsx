"use client";
import type { Encounter } from "@infirmary/shared/encounter";
import dynamic from "next/dynamic";
import { useMe } from "#lib/session/me.tsx";
import classes from "./encounter.module.css";

const ClinicalTextEditor = dynamic(() =>
  import("./clinical-text-editor.tsx").then((module) => module.ClinicalTextEditor),
);

type Props = { encounter: Encounter; field: "assessment" | "plan" };

/** The assessment or the plan: written in the consultation by the doctor, read by everybody else. What is typed stays when saving fails. */
export function ClinicalText({ encounter, field }: Props) {
  const { can } = useMe();
  const saved = encounter[field];
  if (encounter.status === "IN_CONSULT" && can("encounter.consult"))
    return <ClinicalTextEditor key={`${encounter.id}-${field}`} encounter={encounter} field={field} />;
  return saved ? (
    <p className={classes.text}>{saved}</p>
  ) : (
    <p className={classes.hint}>
      {encounter.status === "COMPLETED" ? `No ${field} was written.` : "Written in the consultation."}
    </p>
  );
}
