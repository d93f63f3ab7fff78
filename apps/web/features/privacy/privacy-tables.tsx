"use client";
import { roleNames } from "@infirmary/shared/access";
import type { OutsideLook, PatientViewer, PrivacyOverview, ReportPeriod } from "@infirmary/shared/privacy";
import Link from "next/link";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import classes from "./privacy.module.css";
import { auditPath } from "./report-period.ts";

type Named = { username: string; fullName: string | null };
const nameOf = ({ fullName, username }: Named) => fullName ?? username;
const roleOf = (role: string | null) =>
  (role ?? "")
    .split(",")
    .map((code) => roleNames[code as keyof typeof roleNames] ?? code)
    .join(", ");

/** Who looked at whom without caring for the patient; the count leads to the looks themselves. */
export const outsideColumns = ({ from, to }: ReportPeriod, onPatient: (id: string) => void): Column<OutsideLook>[] => [
  { key: "who", header: "Person", cell: (row) => nameOf(row) },
  { key: "role", header: "Role", width: "130px", yields: "first", cell: (row) => roleOf(row.role) },
  {
    key: "patient",
    header: "Patient",
    cell: (row) => (
      <button type="button" className={classes.link} onClick={() => onPatient(row.patientId)}>
        <bdi>{row.patientName}</bdi>
      </button>
    ),
  },
  { key: "mrn", header: "MRN", width: "110px", nowrap: true, yields: "second", cell: (row) => row.mrn },
  {
    key: "looks",
    header: "Looks",
    width: "80px",
    align: "right",
    cell: (row) => (
      <Link href={auditPath({ person: row.userId, patient: row.patientId, from, to })} data-row-main>
        {row.looks}
      </Link>
    ),
  },
  { key: "last", header: "Last", width: "160px", nowrap: true, cell: (row) => <DateTime at={row.lastAt} /> },
  { key: "what", header: "What was opened", yields: "first", cell: (row) => row.actions.join(", ") },
];

export const failedColumns = ({ from, to }: ReportPeriod): Column<PrivacyOverview["failedSignIns"][number]>[] => [
  { key: "who", header: "Login", cell: (row) => (row.fullName ? `${row.fullName} (${row.username})` : row.username) },
  {
    key: "failures",
    header: "Failures",
    width: "100px",
    align: "right",
    cell: (row) => (
      <Link href={auditPath({ person: row.userId, action: "auth.sign-in", from, to })} data-row-main>
        {row.failures}
      </Link>
    ),
  },
  { key: "last", header: "Last", width: "160px", nowrap: true, cell: (row) => <DateTime at={row.lastAt} /> },
  { key: "from", header: "From addresses", cell: (row) => row.addresses.join(", ") || "Not known" },
];

export const exportColumns = ({ from, to }: ReportPeriod): Column<PrivacyOverview["exports"][number]>[] => [
  {
    key: "at",
    header: "Time",
    width: "170px",
    nowrap: true,
    cell: (row) => (
      <Link href={auditPath({ person: row.userId, action: row.action, from, to })} data-row-main>
        <DateTime at={row.at} />
      </Link>
    ),
  },
  { key: "who", header: "Person", cell: (row) => nameOf(row) },
  { key: "what", header: "What", cell: (row) => row.action },
  {
    key: "rows",
    header: "Rows",
    width: "100px",
    align: "right",
    cell: (row) => row.rows?.toLocaleString("en-US") ?? "Not counted",
  },
];

const outcomes: Record<string, string> = {
  JUSTIFIED: "Justified",
  NOT_JUSTIFIED: "Not justified",
  FOLLOW_UP: "Follow-up",
};
const reasons: Record<string, string> = {
  EMERGENCY: "Emergency",
  COVERING: "Covering for a colleague",
  CONSULT: "Asked for advice",
  PATIENT_REQUEST: "The patient asked",
  OTHER: "Other",
};

export const glassColumns = ({ from, to }: ReportPeriod): Column<PrivacyOverview["glass"][number]>[] => [
  {
    key: "at",
    header: "Time",
    width: "170px",
    nowrap: true,
    cell: (row) => (
      <Link href={auditPath({ person: row.userId, patient: row.patientId, from, to })} data-row-main>
        <DateTime at={row.at} />
      </Link>
    ),
  },
  { key: "who", header: "Person", cell: (row) => nameOf(row) },
  { key: "patient", header: "Patient", cell: (row) => <bdi>{row.patientName}</bdi> },
  { key: "reason", header: "Reason", cell: (row) => `${reasons[row.reasonCode] ?? row.reasonCode}: ${row.reasonText}` },
  {
    key: "outcome",
    header: "Review",
    width: "180px",
    cell: (row) =>
      row.outcome ? (
        (outcomes[row.outcome] ?? row.outcome)
      ) : (
        <>
          <StatusBadge tone="accent">Waits</StatusBadge> until <DateTime at={row.reviewDueAt} />
        </>
      ),
  },
];

/** Everybody who saw one patient. */
export function Viewers({ items, patientId }: { items: readonly PatientViewer[] | undefined; patientId: string }) {
  return (
    <DataTable
      caption="Who saw this patient"
      columns={viewerColumns(patientId)}
      rows={items}
      rowKey={(row) => row.userId ?? row.username}
      empty={{ title: "Nobody looked at this patient." }}
      skeletonRows={5}
    />
  );
}

const viewerColumns = (patientId: string): Column<PatientViewer>[] => [
  { key: "who", header: "Person", cell: (row) => nameOf(row) },
  { key: "role", header: "Role", width: "120px", yields: "first", cell: (row) => roleOf(row.role) },
  {
    key: "cares",
    header: "Cares",
    width: "120px",
    cell: (row) => (row.caresFor ? "Yes" : <StatusBadge tone="abnormal">Does not</StatusBadge>),
  },
  {
    key: "looks",
    header: "Looks",
    width: "70px",
    align: "right",
    cell: (row) => (
      <Link href={auditPath({ person: row.userId, patient: patientId })} data-row-main>
        {row.looks}
      </Link>
    ),
  },
  { key: "shown", header: "In lists", width: "80px", align: "right", cell: (row) => row.shown },
  { key: "deeds", header: "Deeds", width: "70px", align: "right", cell: (row) => row.deeds },
  { key: "last", header: "Last", width: "160px", nowrap: true, cell: (row) => <DateTime at={row.lastAt} /> },
];
