"use client";
import type { AuditEntry } from "@infirmary/shared/audit";
import Link from "next/link";
import { FactList } from "#ui/fact-list.tsx";
import classes from "./audit.module.css";
import { changesIn } from "./changes-in.ts";

/** Everything one entry holds: the record, the request, and what changed, before beside after. */
export function AuditDetails({ entry }: { entry: AuditEntry }) {
  const changes = changesIn(entry.before, entry.after);
  return (
    <div className={classes.details}>
      <FactList
        facts={[
          ["Record", entry.entityId ? `${entry.entity} ${entry.entityId}` : entry.entity],
          ["Reason", entry.reason ?? "None given"],
          ["Address", entry.ip ?? "Not known"],
          ["Request", entry.requestId],
          ...(entry.patientId
            ? ([
                [
                  "Patient",
                  <Link key="v" href={`/patients/${entry.patientId}`}>
                    Open the chart
                  </Link>,
                ],
              ] as const)
            : []),
        ]}
      />
      {changes.length === 0 ? (
        <p className={classes.none}>Nothing was changed.</p>
      ) : (
        <table className={classes.changes}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>{before}</td>
                <td>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
