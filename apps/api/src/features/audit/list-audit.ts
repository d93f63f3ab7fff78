import type { AuditBundle, AuditEntry, AuditFilter, AuditList } from "@infirmary/shared/audit";
import type { Page } from "@infirmary/shared/core";
import { z } from "zod";
import { openWords } from "../../core/audit-words.ts";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import type { Scope } from "../../core/scope.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { csvOf } from "./csv.ts";
import { toAuditEvent } from "./fhir.ts";
import { type AuditRow, listAuditRows } from "./store.ts";

/** The exact time as text: a Date would lose the microseconds that tell entries apart. */
const keys = z.strictObject({
  at: exactTime,
  id: z.uuid(),
});
const exportRowsMax = 50_000;

/** Entries of the audit log, newest first. Looking at the log is itself logged. */
export async function listAudit(work: Work, { limit, cursor, ...filter }: AuditList): Promise<Page<AuditEntry>> {
  const { connection, scope, audit } = work;
  const after = decodeCursor(cursor, keys);
  const rows = await listAuditRows(connection, { ...whereOf(scope, filter), after, limit: limit + 1 });
  audit({
    action: "audit.read",
    entity: "audit",
    patientId: filter.patientId ?? null,
    after: { filter },
    outOfScope: true,
  });
  return pageFrom(toEntries(work, rows), limit, ({ entry }) => entry, cursorOf);
}

/** The filtered log as CSV, newest first, at most 50,000 rows; the file says so where more matched. */
export async function exportAudit(work: Work, filter: AuditFilter): Promise<{ csv: string; fileName: string }> {
  const { connection, scope, audit, now } = work;
  const rows = await listAuditRows(connection, {
    ...whereOf(scope, filter),
    after: null,
    limit: exportRowsMax + 1,
  });
  audit({
    action: "audit.export",
    entity: "audit",
    patientId: filter.patientId ?? null,
    after: { filter, rows: Math.min(rows.length, exportRowsMax) },
    outOfScope: true,
  });
  const entries = toEntries(work, rows.slice(0, exportRowsMax)).map(({ entry }) => entry);
  const note =
    rows.length > exportRowsMax
      ? `Only the newest ${exportRowsMax} entries are in this file; narrow the period for the others.`
      : null;
  return { csv: csvOf(entries, note), fileName: `audit-${now.toISOString().slice(0, 10)}.csv` };
}

/** A page of the filtered log as a FHIR bundle, newest first; `nextCursor` asks for the next. */
export async function exportFhir(work: Work, { limit, cursor, ...filter }: AuditList): Promise<AuditBundle> {
  const { connection, scope, audit } = work;
  const after = decodeCursor(cursor, keys);
  const rows = await listAuditRows(connection, { ...whereOf(scope, filter), after, limit: limit + 1 });
  const page = pageFrom(toEntries(work, rows), limit, ({ entry }) => entry, cursorOf);
  audit({
    action: "audit.export",
    entity: "audit",
    patientId: filter.patientId ?? null,
    after: { filter, rows: page.items.length, format: "fhir" },
    outOfScope: true,
  });
  return {
    resourceType: "Bundle",
    type: "searchset",
    entry: page.items.map((entry) => ({ fullUrl: `urn:uuid:${entry.id}`, resource: toAuditEvent(entry) })),
    nextCursor: page.nextCursor,
  };
}

const whereOf = ({ tenantId, actor }: Scope, filter: AuditFilter) => ({
  tenantId,
  filter,
  timeZone: actor?.facility.timeZone ?? "UTC",
});

const cursorOf = ({ row }: { row: AuditRow }) => ({ at: row.at_exact, id: row.id });

/** Entries as they are shown: why, in our words and in those of who did it. */
function toEntries({ platform, scope }: Work, rows: readonly AuditRow[]): { row: AuditRow; entry: AuditEntry }[] {
  const words = openWords(platform.keys, scope.tenantId, rows);
  return rows.map((row, index) => ({
    row,
    entry: toEntry(row, [row.reason, words[index]].filter(Boolean).join(": ") || null),
  }));
}

function toEntry(row: AuditRow, reason: string | null): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    userId: row.user_id,
    username: row.username,
    role: row.role,
    facilityId: row.facility_id,
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    patientId: row.patient_id,
    patientName: row.patient_name,
    outcome: row.outcome,
    reason,
    before: row.before,
    after: row.after,
    ip: row.ip,
    requestId: row.request_id,
  };
}
