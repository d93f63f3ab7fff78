import { auditStatus } from "../../audit/index.ts";
import { type Look, partOf, spell } from "./part.ts";

const seal = { code: "audit-seal", name: "Audit log" };
const months = { code: "audit-months", name: "Months of the audit log" };

/** Whether the organisation's audit log is sealed in time and as it was written. */
export const lookAtSeals: Look = async (work) => {
  const { state, findings, lagSeconds, verifiedSeal } = await auditStatus(work);
  if (state === "tampered")
    return partOf(
      seal,
      "bad",
      `Tampering was found in ${findings.length} ${findings.length === 1 ? "place" : "places"}.`,
      "Keep the machine as it is and follow the runbook audit-tampered.",
    );
  if (state === "behind")
    return partOf(
      seal,
      "attention",
      `The oldest entry has waited ${spell(lagSeconds)} for its seal.`,
      "Look whether the worker runs.",
    );
  if (state === "unchecked") return partOf(seal, "ok", "Sealing has begun; nothing has been checked yet.");
  return partOf(seal, "ok", `Verified up to seal ${verifiedSeal?.toLocaleString("en-US")}.`);
};

/** Whether next month has its partition: without one its entries would go to the default one. */
export const lookAtMonths: Look = async ({ connection }) => {
  const { rows } = await connection.query<{ months: number }>(
    `SELECT count(*)::int AS months FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'audit_entry'::regclass AND c.relname ~ '^audit_entry_\\d{4}_\\d{2}$'
        AND c.relname > to_char(now() AT TIME ZONE 'UTC', '"audit_entry_"YYYY_MM')`,
  );
  const ahead = rows[0]?.months ?? 0;
  if (ahead === 0)
    return partOf(months, "bad", "Next month has no partition.", "Look whether the job audit-partitions runs.");
  return partOf(months, "ok", `${ahead} ${ahead === 1 ? "month" : "months"} ahead.`);
};
