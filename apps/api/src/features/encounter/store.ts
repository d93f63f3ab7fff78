import type { Connection } from "@infirmary/db/client";
import type { EncounterDiagnosis } from "@infirmary/shared/diagnosis";
import type { EncounterStatus } from "@infirmary/shared/encounter";
import type { Gender } from "@infirmary/shared/patient";
import type { EarlyWarning, Risk } from "@infirmary/shared/vitals";

type ById = { tenantId: string; id: string };

export type EncounterRow = {
  id: string;
  patient_id: string;
  mrn: string;
  first_name: string;
  last_name: string;
  date_of_birth: string;
  gender: Gender;
  facility_id: string;
  facility_name: string;
  status: EncounterStatus;
  reason_sealed: Buffer;
  scheduled_at: Date;
  arrived_at: Date | null;
  triaged_at: Date | null;
  consult_started_at: Date | null;
  completed_at: Date | null;
  cancelled_at: Date | null;
  cancel_reason_sealed: Buffer | null;
  provider_id: string | null;
  provider_name: string | null;
  assessment_sealed: Buffer | null;
  plan_sealed: Buffer | null;
  diagnoses: EncounterDiagnosis[];
  score_kind: EarlyWarning["kind"] | null;
  score: number | null;
  score_risk: Risk | null;
  score_missing: string[];
  version: number;
  created_at: Date;
  updated_at: Date;
  /** The exact time as text, for cursors. */
  scheduled_at_exact: string;
};

/** Reads the visits that `source` yields as `e`, with the names a list shows. */
const selectEncounters = (source: string) => `
  SELECT e.id, e.patient_id, p.mrn, p.first_name, p.last_name, p.date_of_birth::text, p.gender, e.facility_id, f.name AS facility_name, e.status,
         e.reason_sealed, e.scheduled_at, e.arrived_at, e.triaged_at, e.consult_started_at, e.completed_at, e.cancelled_at, e.cancel_reason_sealed,
         e.provider_id, u.full_name AS provider_name, e.assessment_sealed, e.plan_sealed, e.score_kind, e.score, e.score_risk, e.score_missing,
         e.version, e.created_at, e.updated_at, e.scheduled_at::text AS scheduled_at_exact, d.diagnoses
    FROM ${source} e
    JOIN patient p ON p.tenant_id = e.tenant_id AND p.id = e.patient_id
    JOIN facility f ON f.tenant_id = e.tenant_id AND f.id = e.facility_id
    LEFT JOIN user_account u ON u.tenant_id = e.tenant_id AND u.id = e.provider_id
    LEFT JOIN LATERAL (
      SELECT COALESCE(jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'title', g.title, 'rank', g.rank,
               'recordedAt', to_char(g.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'recordedByName', w.full_name)
               ORDER BY g.rank, g.recorded_at), '[]') AS diagnoses
        FROM encounter_diagnosis g JOIN user_account w ON w.tenant_id = g.tenant_id AND w.id = g.recorded_by_id
       WHERE g.tenant_id = e.tenant_id AND g.encounter_id = e.id AND g.withdrawn_at IS NULL) d ON true`;

export async function findEncounter(connection: Connection, { tenantId, id }: ById): Promise<EncounterRow | null> {
  const { rows } = await connection.query<EncounterRow>({
    name: "encounter",
    text: `${selectEncounters("encounter")} WHERE e.tenant_id = $1 AND e.id = $2`,
    values: [tenantId, id],
  });
  return rows[0] ?? null;
}

/** Holds the visit for this transaction, so that two steps of it queue. */
export async function lockEncounter(connection: Connection, { tenantId, id }: ById): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: "encounter-lock",
    text: "SELECT 1 FROM encounter WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
    values: [tenantId, id],
  });
  return rowCount === 1;
}

export type EncounterFilter = {
  tenantId: string;
  patientId: string | undefined;
  statuses: readonly EncounterStatus[];
  providerId: string | undefined;
  facilityId: string | undefined;
  from: string | undefined;
  to: string | undefined;
};

/** One page, narrowed inside, so that names are joined to its rows only. */
export async function listEncounterRows(
  connection: Connection,
  filter: EncounterFilter,
  page: { sort: "newest" | "planned"; after: { scheduled_at_exact: string; id: string } | null; limit: number },
): Promise<EncounterRow[]> {
  const values: unknown[] = [filter.tenantId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = ["tenant_id = $1"];
  if (filter.patientId) conditions.push(`patient_id = ${bind(filter.patientId)}`);
  if (filter.statuses.length > 0) conditions.push(`status = ANY (${bind(filter.statuses)}::text[])`);
  if (filter.providerId) conditions.push(`provider_id = ${bind(filter.providerId)}`);
  if (filter.facilityId) conditions.push(`facility_id = ${bind(filter.facilityId)}`);
  if (filter.from) conditions.push(`scheduled_at >= ${bind(filter.from)}`);
  if (filter.to) conditions.push(`scheduled_at < ${bind(filter.to)}`);
  const [than, direction] = page.sort === "newest" ? ["<", "DESC"] : [">", "ASC"];
  if (page.after)
    conditions.push(
      `(scheduled_at, id) ${than} (${bind(page.after.scheduled_at_exact)}::timestamptz, ${bind(page.after.id)}::uuid)`,
    );
  const order = `scheduled_at ${direction}, id ${direction}`;
  const source = `(SELECT * FROM encounter WHERE ${conditions.join(" AND ")} ORDER BY ${order} LIMIT ${bind(page.limit)})`;
  const { rows } = await connection.query<EncounterRow>(
    `${selectEncounters(source)} ORDER BY e.scheduled_at ${direction}, e.id ${direction}`,
    values,
  );
  return rows;
}

export async function insertEncounter(
  connection: Connection,
  encounter: ById & {
    facilityId: string;
    patientId: string;
    providerId: string | null;
    reasonSealed: Buffer;
    scheduledAt: string;
    createdById: string;
  },
): Promise<void> {
  await connection.query({
    name: "encounter-insert",
    text: `INSERT INTO encounter (tenant_id, id, facility_id, patient_id, provider_id, status, reason_sealed, scheduled_at, created_by_id)
           VALUES ($1, $2, $3, $4, $5, 'PLANNED', $6, $7, $8)`,
    values: [
      encounter.tenantId,
      encounter.id,
      encounter.facilityId,
      encounter.patientId,
      encounter.providerId,
      encounter.reasonSealed,
      encounter.scheduledAt,
      encounter.createdById,
    ],
  });
}

export type EncounterChange = {
  status?: EncounterStatus;
  provider_id?: string;
  arrived_at?: Date;
  triaged_at?: Date;
  consult_started_at?: Date;
  completed_at?: Date;
  cancelled_at?: Date;
  cancel_reason_sealed?: Buffer | null;
  assessment_sealed?: Buffer | null;
  plan_sealed?: Buffer | null;
  score_kind?: EarlyWarning["kind"];
  score?: number;
  score_risk?: Risk;
  score_missing?: string[];
};

/** Writes the columns given to the visit of this version; answers whether it was still there. */
export async function changeEncounter(
  connection: Connection,
  { tenantId, id, version }: ById & { version: number },
  change: EncounterChange,
): Promise<boolean> {
  const entries = Object.entries(change);
  const sets = entries.map(([column], index) => `${column} = $${index + 4}`);
  const { rowCount } = await connection.query(
    `UPDATE encounter SET ${[...sets, "version = version + 1", "updated_at = now()"].join(", ")} WHERE tenant_id = $1 AND id = $2 AND version = $3`,
    [tenantId, id, version, ...entries.map(([, value]) => value)],
  );
  return rowCount === 1;
}

/** Whether the person is active and holds the role at the facility. */
export async function worksAs(
  connection: Connection,
  { tenantId, id, facilityId, role }: ById & { facilityId: string; role: string },
): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: "encounter-staff",
    text: `SELECT 1 FROM membership m JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.user_id AND u.status = 'ACTIVE'
            WHERE m.tenant_id = $1 AND m.user_id = $2 AND m.facility_id = $3 AND m.role = $4`,
    values: [tenantId, id, facilityId, role],
  });
  return rowCount === 1;
}
