"use client";
import type { Encounter } from "@infirmary/shared/encounter";
import { formatMrn } from "@infirmary/shared/patient";
import Link from "next/link";
import { ageAndSex, patientName } from "#lib/patient-name.ts";
import type { Column } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import classes from "./encounter.module.css";
import { EncounterStatusText, ScoreText } from "./status-text.tsx";
import { longWaitMinutes, waitedMinutes, waitText } from "./waited.ts";

const time: Column<Encounter> = {
  key: "time",
  header: "Planned",
  width: "148px",
  cell: ({ scheduledAt }) => <DateTime at={scheduledAt} />,
};
const reason: Column<Encounter> = { key: "reason", header: "Reason", cell: (visit) => visit.reason, nowrap: true };
const state: Column<Encounter> = {
  key: "status",
  header: "State",
  width: "124px",
  cell: ({ status }) => <EncounterStatusText status={status} />,
};
const score: Column<Encounter> = {
  key: "score",
  header: "Early warning",
  width: "148px",
  cell: ({ earlyWarning }) => <ScoreText warning={earlyWarning} />,
};
const doctor: Column<Encounter> = {
  key: "doctor",
  header: "Doctor",
  width: "152px",
  yields: "first",
  cell: ({ providerName }) => providerName ?? <span className={classes.dim}>Not assigned</span>,
};

/** The columns of the day's list, where each row is a patient. */
export const columnsOfDay = (today: string, now: number): Column<Encounter>[] => [
  time,
  {
    key: "patient",
    header: "Patient",
    width: "26%",
    cell: (visit) => (
      <Link href={`/encounters/${visit.id}`} data-row-main>
        <bdi>{patientName(visit.patient)}</bdi>{" "}
        <span className={classes.dim}>
          {ageAndSex(visit.patient, today)} · {formatMrn(visit.patient.mrn)}
        </span>
      </Link>
    ),
  },
  reason,
  score,
  {
    key: "wait",
    header: "Waiting",
    width: "96px",
    align: "right",
    cell: (visit) => <Waited visit={visit} now={now} />,
  },
  doctor,
  state,
];

/** The columns of a patient's own list, where the patient stands in the banner. */
export const columnsOfPatient: Column<Encounter>[] = [
  { ...time, cell: (visit) => <RowLink visit={visit} /> },
  reason,
  {
    key: "diagnosis",
    header: "Primary diagnosis",
    yields: "second",
    cell: ({ diagnoses }) => diagnoses.find(({ rank }) => rank === "primary")?.title ?? "",
  },
  score,
  doctor,
  state,
];

function RowLink({ visit }: { visit: Encounter }) {
  return (
    <Link href={`/encounters/${visit.id}`} data-row-main>
      <DateTime at={visit.scheduledAt} />
    </Link>
  );
}

function Waited({ visit: { status, arrivedAt }, now }: { visit: Encounter; now: number }) {
  if (arrivedAt === null || (status !== "ARRIVED" && status !== "TRIAGED")) return null;
  const minutes = waitedMinutes(arrivedAt, now);
  return <span className={minutes >= longWaitMinutes ? classes.long : undefined}>{waitText(minutes)}</span>;
}
