import type { AuditEntry } from "@infirmary/shared/audit";

const columns = [
  "at",
  "username",
  "role",
  "action",
  "entity",
  "entityId",
  "patientId",
  "patientName",
  "outcome",
  "reason",
  "ip",
  "requestId",
  "before",
  "after",
] as const satisfies readonly (keyof AuditEntry)[];

/** Entries as CSV (RFC 4180) with a header row; `note`, where there is one, is the last row. */
export function csvOf(entries: readonly AuditEntry[], note: string | null): string {
  const lines = entries.map((entry) => columns.map((column) => cell(entry[column])).join(","));
  return [columns.join(","), ...lines, ...(note ? [cell(note)] : []), ""].join("\r\n");
}

/** Quotes where needed; a cell that a spreadsheet would run as a formula is disarmed with an apostrophe (OWASP, CSV injection). */
function cell(value: unknown): string {
  const text =
    value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
  const disarmed = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(disarmed) ? `"${disarmed.replace(/"/g, '""')}"` : disarmed;
}
