import type { Connection } from "@infirmary/db/client";
import type { AuditFilter } from "@infirmary/shared/audit";

export type AuditRow = {
  id: string;
  at: Date;
  at_exact: string;
  user_id: string | null;
  username: string | null;
  role: string | null;
  facility_id: string | null;
  action: string;
  entity: string;
  entity_id: string | null;
  patient_id: string | null;
  patient_name: string | null;
  outcome: "success" | "refused" | "failed";
  reason: string | null;
  words_sealed: Buffer | null;
  words_hash: Buffer | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  ip: string | null;
  request_id: string;
};

/** Entries newest first. A patient's entries include the lists and searches in which the patient was shown. */
export async function listAuditRows(
  connection: Connection,
  {
    tenantId,
    filter,
    timeZone,
    after,
    limit,
  }: {
    tenantId: string;
    filter: AuditFilter;
    timeZone: string;
    after: { at: string; id: string } | null;
    limit: number;
  },
): Promise<AuditRow[]> {
  const values: unknown[] = [tenantId];
  const param = (value: unknown) => `$${values.push(value)}`;
  const where = ["a.tenant_id = $1"];
  if (filter.userId) where.push(`a.user_id = ${param(filter.userId)}`);
  if (filter.patientId)
    where.push(ofPatient(param(filter.patientId), param(JSON.stringify({ patientIds: [filter.patientId] }))));
  if (filter.action)
    where.push(
      filter.action.endsWith(".")
        ? `starts_with(a.action, ${param(filter.action)})`
        : `a.action = ${param(filter.action)}`,
    );
  if (filter.outcome) where.push(`a.outcome = ${param(filter.outcome)}`);
  // A day is a day at the reader's facility.
  const startOf = (day: string, days: number) =>
    `(${param(day)}::date + ${days})::timestamp AT TIME ZONE ${param(timeZone)}`;
  const isDay = (text: string) => text.length === 10;
  if (filter.from)
    where.push(`a.at >= ${isDay(filter.from) ? startOf(filter.from, 0) : `${param(filter.from)}::timestamptz`}`);
  if (filter.to) where.push(`a.at < ${isDay(filter.to) ? startOf(filter.to, 1) : `${param(filter.to)}::timestamptz`}`);
  if (after) where.push(`(a.at, a.id) < (${param(after.at)}::timestamptz, ${param(after.id)}::uuid)`);
  // Whoever reads the log reads that of all facilities, the names in it included.
  await connection.query("SELECT set_config('app.facility_id', '', true)");
  const { rows } = await connection.query<AuditRow>(
    `SELECT a.id, a.at, a.at::text AS at_exact, a.user_id, a.username, a.role, a.facility_id, a.action, a.entity, a.entity_id, a.patient_id,
            p.last_name || ', ' || p.first_name AS patient_name, a.outcome, a.reason, a.words_sealed, a.words_hash, a.before, a.after, a.ip, a.request_id
       FROM audit_entry a LEFT JOIN patient p ON p.tenant_id = a.tenant_id AND p.id = a.patient_id
      WHERE ${where.join(" AND ")} ORDER BY a.at DESC, a.id DESC LIMIT ${param(limit)}`,
    values,
  );
  return rows;
}

/**
 * Entries about a patient, and lists and searches that showed the patient: those sealed by the index of patients shown, the last
 * second's by what they say.
 */
const ofPatient = (id: string, shown: string) =>
  `(a.at, a.id) IN (
     SELECT at, id FROM audit_entry WHERE tenant_id = $1 AND patient_id = ${id}
     UNION ALL SELECT at, entry_id FROM audit_shown WHERE tenant_id = $1 AND patient_id = ${id}
     UNION ALL SELECT at, id FROM audit_entry WHERE tenant_id = $1 AND after @> ${shown}::jsonb AND (epoch, xid) >= (
       coalesce((SELECT epoch FROM audit_seal WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1), 0),
       coalesce((SELECT before_xid FROM audit_seal WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1), '0'::xid8)))`;

/** The actions the log holds, for choosing from; a loose index scan would need an index nothing else wants, so the last 90 days are read. */
export async function listActions(connection: Connection, { tenantId }: { tenantId: string }): Promise<string[]> {
  const { rows } = await connection.query<{ action: string }>(
    "SELECT DISTINCT action FROM audit_entry WHERE tenant_id = $1 AND at > now() - interval '90 days' ORDER BY action",
    [tenantId],
  );
  return rows.map(({ action }) => action);
}

export async function listPeople(connection: Connection, { tenantId }: { tenantId: string }) {
  const { rows } = await connection.query<{ id: string; username: string; fullName: string }>(
    'SELECT id, username, full_name AS "fullName" FROM user_account WHERE tenant_id = $1 ORDER BY full_name LIMIT 5000',
    [tenantId],
  );
  return rows;
}
