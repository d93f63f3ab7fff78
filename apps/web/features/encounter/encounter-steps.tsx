"use client";
import { type Encounter, type EncounterStatus, encounterStatusNames } from "@infirmary/shared/encounter";
import type { ReactNode } from "react";
import { DateTime } from "#ui/date-time.tsx";
import classes from "./encounter.module.css";

type Step = { status: EncounterStatus; at: string | null; detail?: ReactNode };

/** The visit's way so far: each state and when it was reached. */
export function EncounterSteps({ encounter }: { encounter: Encounter }) {
  return (
    <ol className={classes.steps} aria-label="State of the visit">
      {stepsOf(encounter).map(({ status, at, detail }) => (
        <li
          key={status}
          className={classes.step}
          data-done={at !== null}
          aria-current={status === encounter.status ? "step" : undefined}
        >
          <span aria-hidden="true">{status === encounter.status ? "●" : at ? "✓" : "○"}</span>
          <span>{encounterStatusNames[status]}</span>
          <span className={classes.detail}>
            {at ? <DateTime at={at} /> : "Not yet"}
            {detail}
          </span>
        </li>
      ))}
    </ol>
  );
}

function stepsOf(visit: Encounter): Step[] {
  const steps: Step[] = [
    { status: "PLANNED", at: visit.scheduledAt },
    { status: "ARRIVED", at: visit.arrivedAt },
    { status: "TRIAGED", at: visit.triagedAt },
    { status: "IN_CONSULT", at: visit.consultStartedAt, detail: visit.consultStartedAt && ` by ${visit.providerName}` },
    { status: "COMPLETED", at: visit.completedAt },
  ];
  if (visit.status !== "CANCELLED") {
    // Who could not wait was never triaged: the step is left out rather than left open.
    return steps.filter(({ status, at }) => status !== "TRIAGED" || at !== null || visit.consultStartedAt === null);
  }
  return [
    ...steps.filter(({ at }) => at !== null),
    {
      status: "CANCELLED",
      at: visit.cancelledAt,
      detail: visit.cancelReason && <span className={classes.text}> · {visit.cancelReason}</span>,
    },
  ];
}
