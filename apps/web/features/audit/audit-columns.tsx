import { roleNames } from "@infirmary/shared/access";
import type { AuditEntry } from "@infirmary/shared/audit";
import { UnstyledButton } from "@mantine/core";
import Link from "next/link";
import type { Column } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import classes from "./audit.module.css";
import { outcomeName } from "./audit-filters.tsx";

/** The columns of the log; the time opens and closes the details of its entry. */
export function auditColumns(openId: string | null, setOpenId: (id: string | null) => void): Column<AuditEntry>[] {
  return [
    {
      key: "at",
      header: "Time",
      width: "170px",
      nowrap: true,
      cell: (entry) => (
        <UnstyledButton
          className={classes.toggle}
          aria-expanded={entry.id === openId}
          data-row-main
          onClick={() => setOpenId(entry.id === openId ? null : entry.id)}
        >
          <span aria-hidden="true" className={classes.chevron}>
            {entry.id === openId ? "▾" : "▸"}
          </span>
          <DateTime at={entry.at} />
        </UnstyledButton>
      ),
    },
    { key: "who", header: "Person", width: "150px", cell: (entry) => entry.username ?? "Nobody signed in" },
    { key: "role", header: "Role", width: "130px", yields: "first", cell: (entry) => roleName(entry.role) },
    { key: "action", header: "Action", width: "170px", cell: (entry) => entry.action },
    { key: "patient", header: "Patient", width: "200px", cell: (entry) => <bdi>{entry.patientName ?? ""}</bdi> },
    { key: "reason", header: "Reason", yields: "second", cell: (entry) => entry.reason ?? "" },
    { key: "outcome", header: "Outcome", width: "90px", nowrap: true, cell: (entry) => <Outcome entry={entry} /> },
    { key: "ip", header: "Address", width: "130px", yields: "first", cell: (entry) => entry.ip ?? "" },
  ];
}

/** The columns of the short list of refusals; the time leads to everything that was refused to the person. */
export const refusalColumns: readonly Column<AuditEntry>[] = [
  {
    key: "at",
    header: "Time",
    width: "150px",
    nowrap: true,
    cell: (entry) => (
      <Link
        href={entry.userId ? `/audit?person=${entry.userId}&outcome=refused` : "/audit?outcome=refused"}
        data-row-main
      >
        <DateTime at={entry.at} />
      </Link>
    ),
  },
  { key: "who", header: "Person", cell: (entry) => entry.username ?? "Nobody signed in" },
  { key: "role", header: "Role", yields: "first", cell: (entry) => roleName(entry.role) },
  { key: "action", header: "Action", cell: (entry) => entry.action },
  { key: "reason", header: "Missing permission", yields: "second", cell: (entry) => entry.reason ?? "" },
];

/** Done is plain; what was refused or failed is framed. */
export function Outcome({ entry }: { entry: AuditEntry }) {
  if (entry.outcome === "success") return outcomeName(entry.outcome);
  return <StatusBadge>{outcomeName(entry.outcome)}</StatusBadge>;
}

const roleName = (role: string | null) =>
  role && role in roleNames ? roleNames[role as keyof typeof roleNames] : role;
