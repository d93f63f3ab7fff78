import type { Connection } from "@infirmary/db/client";
import type { CriticalRow } from "@infirmary/shared/critical-call";
import { abnormalFlags } from "@infirmary/shared/result";

type Scoped = { tenantId: string };

/** Without a word from the catalogue a critical value is told within so many minutes. */
const defaultMinutes = 30;
const criticalFlags = Object.entries(abnormalFlags)
  .filter(([, { level }]) => level === "critical")
  .map(([flag]) => flag);

export type CriticalValue = Omit<CriticalRow, "calls" | "reportedAt" | "dueAt" | "acknowledgedAt"> & {
  patientId: string;
  reportedAt: Date;
  dueAt: Date;
  acknowledgedAt: Date | null;
};

/** The critical values that the facility's orders hold now, reported since; those that were told to nobody yet first, then by when they are due. */
export async function listCriticals(
  connection: Connection,
  { tenantId, facilityId, since }: Scoped & { facilityId: string; since: Date },
): Promise<CriticalValue[]> {
  const { rows } = await connection.query<CriticalValue>(
    `SELECT b.id AS "observationId", o.id AS "orderId", o.order_number AS "orderNumber", COALESCE(t.short_name, b.name) AS name, b.value, b.unit, b.abnormal_flag AS flag, b.filed_at AS "reportedAt",
            b.filed_at + make_interval(mins => COALESCE(t.critical_minutes, $5)) AS "dueAt", o.patient_id AS "patientId",
            jsonb_build_object('mrn', p.mrn, 'firstName', p.first_name, 'lastName', p.last_name, 'dateOfBirth', p.date_of_birth::text, 'gender', p.gender) AS patient,
            u.full_name AS "orderedByName", r.reviewed_at AS "acknowledgedAt", r.full_name AS "acknowledgedByName"
       FROM service_order o
       JOIN patient p ON p.tenant_id = o.tenant_id AND p.id = o.patient_id AND p.deleted_at IS NULL
       JOIN user_account u ON u.tenant_id = o.tenant_id AND u.id = o.ordered_by_id
       JOIN observation b ON b.tenant_id = o.tenant_id AND b.order_id = o.id AND upper(trim(b.abnormal_flag)) = ANY ($4::text[]) AND b.status NOT IN ('D', 'W', 'O', 'N') AND b.filed_at >= $3
        AND (SELECT n.id FROM observation n WHERE n.tenant_id = b.tenant_id AND n.supersedes_id = b.id) IS NULL
       LEFT JOIN lab_test t ON t.tenant_id = b.tenant_id AND t.code = b.code
       LEFT JOIN LATERAL (SELECT v.reviewed_at, w.full_name FROM result_review v JOIN user_account w ON w.tenant_id = v.tenant_id AND w.id = v.reviewed_by_id
          WHERE v.tenant_id = o.tenant_id AND v.order_id = o.id AND v.reviewed_at >= b.filed_at ORDER BY v.reviewed_at LIMIT 1) r ON true
      WHERE o.tenant_id = $1 AND o.facility_id = $2 AND o.critical_count > 0 AND o.updated_at >= $3
      ORDER BY EXISTS (SELECT FROM critical_call c WHERE c.tenant_id = b.tenant_id AND c.observation_id = b.id AND c.outcome = 'READ_BACK') OR r.reviewed_at IS NOT NULL, "dueAt" DESC, b.id LIMIT 300`,
    [tenantId, facilityId, since, criticalFlags, defaultMinutes],
  );
  return rows;
}

export type CallRow = {
  id: string;
  observationId: string;
  outcome: "READ_BACK" | "NOT_REACHED";
  told_sealed: Buffer;
  note_sealed: Buffer | null;
  calledAt: Date;
  calledByName: string;
};

export async function listCalls(
  connection: Connection,
  { tenantId, observationIds }: Scoped & { observationIds: readonly string[] },
): Promise<CallRow[]> {
  const { rows } = await connection.query<CallRow>(
    `SELECT c.id, c.observation_id AS "observationId", c.outcome, c.told_sealed, c.note_sealed, c.called_at AS "calledAt", u.full_name AS "calledByName" FROM critical_call c
       JOIN user_account u ON u.tenant_id = c.tenant_id AND u.id = c.called_by_id
      WHERE c.tenant_id = $1 AND c.observation_id = ANY ($2::uuid[]) ORDER BY c.called_at, c.id`,
    [tenantId, observationIds],
  );
  return rows;
}

/** The value, where it is a critical one. */
export async function findCritical(
  connection: Connection,
  { tenantId, observationId }: Scoped & { observationId: string },
): Promise<{ orderId: string; patientId: string; filedAt: Date } | null> {
  const { rows } = await connection.query<{ orderId: string; patientId: string; filedAt: Date }>(
    `SELECT order_id AS "orderId", patient_id AS "patientId", filed_at AS "filedAt" FROM observation
      WHERE tenant_id = $1 AND id = $2 AND upper(trim(abnormal_flag)) = ANY ($3::text[])`,
    [tenantId, observationId, criticalFlags],
  );
  return rows[0] ?? null;
}

export async function insertCall(
  connection: Connection,
  call: Scoped & {
    id: string;
    observationId: string;
    orderId: string;
    patientId: string;
    outcome: string;
    toldSealed: Buffer | null;
    noteSealed: Buffer | null;
    calledAt: Date;
    calledById: string;
  },
): Promise<void> {
  await connection.query(
    `INSERT INTO critical_call (tenant_id, id, observation_id, order_id, patient_id, outcome, told_sealed, note_sealed, called_at, called_by_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      call.tenantId,
      call.id,
      call.observationId,
      call.orderId,
      call.patientId,
      call.outcome,
      call.toldSealed,
      call.noteSealed,
      call.calledAt,
      call.calledById,
    ],
  );
}
