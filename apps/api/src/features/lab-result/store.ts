import type { Connection } from "@infirmary/db/client";
import type { LabResultStatus } from "@infirmary/shared/lab-result";

type Scoped = { tenantId: string };
type ById = Scoped & { id: string };

export type LabResultRow = {
  id: string;
  orderItemId: string;
  orderId: string;
  patientId: string;
  code: string;
  panelCode: string;
  value: string;
  unit: string | null;
  referenceRange: string | null;
  flag: string | null;
  isDelta: boolean;
  isPreliminary: boolean;
  note_sealed: Buffer | null;
  reason_sealed: Buffer | null;
  status: LabResultStatus;
  correctsId: string | null;
  enteredById: string;
  enteredByName: string;
  enteredAt: Date;
  verifiedByName: string | null;
  verifiedAt: Date | null;
  releasedByName: string | null;
  releasedAt: Date | null;
  version: number;
};

const columns = `r.id, r.order_item_id AS "orderItemId", r.order_id AS "orderId", r.patient_id AS "patientId", r.code, r.panel_code AS "panelCode", r.value, r.unit, r.reference_range AS "referenceRange",
  r.flag, r.is_delta AS "isDelta", r.is_preliminary AS "isPreliminary", r.note_sealed, r.reason_sealed, r.status, r.corrects_id AS "correctsId", r.entered_by_id AS "enteredById",
  e.full_name AS "enteredByName", r.entered_at AS "enteredAt", v.full_name AS "verifiedByName", r.verified_at AS "verifiedAt", l.full_name AS "releasedByName", r.released_at AS "releasedAt", r.version`;
const joins = `JOIN user_account e ON e.tenant_id = r.tenant_id AND e.id = r.entered_by_id
  LEFT JOIN user_account v ON v.tenant_id = r.tenant_id AND v.id = r.verified_by_id
  LEFT JOIN user_account l ON l.tenant_id = r.tenant_id AND l.id = r.released_by_id`;

export async function findResult(connection: Connection, { tenantId, id }: ById): Promise<LabResultRow | null> {
  const { rows } = await connection.query<LabResultRow>(
    `SELECT ${columns} FROM lab_result r ${joins} WHERE r.tenant_id = $1 AND r.id = $2 FOR NO KEY UPDATE OF r`,
    [tenantId, id],
  );
  return rows[0] ?? null;
}

/** Of each test of the order the value being worked on, or the one released last. */
export async function listOfOrder(
  connection: Connection,
  { tenantId, orderId }: Scoped & { orderId: string },
): Promise<LabResultRow[]> {
  const { rows } = await connection.query<LabResultRow>(
    `SELECT DISTINCT ON (r.order_item_id) ${columns} FROM lab_result r ${joins} WHERE r.tenant_id = $1 AND r.order_id = $2
      ORDER BY r.order_item_id, r.status = 'RELEASED', r.entered_at DESC, r.id DESC`,
    [tenantId, orderId],
  );
  return rows;
}

/** An asked test with what judging and reporting it takes: the order, the person, the tube it came from. */
export type Asked = {
  itemId: string;
  code: string;
  orderId: string;
  orderNumber: string;
  orderStatus: string;
  panelCode: string;
  panelName: string;
  patientId: string;
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  gender: string;
  condition: string | null;
  collectedAt: Date | null;
  /** The day it was collected on, where the facility is. */
  collectedOn: string;
};

/** What an order asks for, or the one item. */
export async function listAsked(
  connection: Connection,
  { tenantId, orderId, itemId }: Scoped & { orderId?: string; itemId?: string },
): Promise<Asked[]> {
  const { rows } = await connection.query<Asked>(
    `SELECT i.id AS "itemId", i.test_code AS code, o.id AS "orderId", o.order_number AS "orderNumber", o.status AS "orderStatus", o.test_code AS "panelCode", o.test_name AS "panelName",
            p.id AS "patientId", p.mrn, p.first_name AS "firstName", p.last_name AS "lastName", p.date_of_birth::text AS "dateOfBirth", p.gender, s.condition, s.collected_at AS "collectedAt",
            (COALESCE(s.collected_at, now()) AT TIME ZONE f.time_zone)::date::text AS "collectedOn"
       FROM order_item i
       JOIN service_order o ON o.tenant_id = i.tenant_id AND o.id = i.order_id
       JOIN patient p ON p.tenant_id = o.tenant_id AND p.id = o.patient_id AND p.deleted_at IS NULL
       JOIN facility f ON f.tenant_id = o.tenant_id AND f.id = o.facility_id
       LEFT JOIN LATERAL (SELECT t.condition, t.collected_at FROM specimen_order so JOIN specimen t ON t.tenant_id = so.tenant_id AND t.id = so.specimen_id AND t.status NOT IN ('REJECTED', 'DISCARDED')
          WHERE so.tenant_id = o.tenant_id AND so.order_id = o.id ORDER BY t.collected_at DESC LIMIT 1) s ON true
      WHERE i.tenant_id = $1 AND ($2::uuid IS NULL OR i.order_id = $2) AND ($3::uuid IS NULL OR i.id = $3) AND num_nonnulls($2::uuid, $3::uuid) = 1
      ORDER BY i.position, i.id`,
    [tenantId, orderId ?? null, itemId ?? null],
  );
  return rows;
}

/** The newest value of each code that the patient has from other orders. */
export async function listPrevious(
  connection: Connection,
  { tenantId, patientId, orderId, codes }: Scoped & { patientId: string; orderId: string; codes: readonly string[] },
): Promise<{ code: string; value: string; unit: string | null; at: Date }[]> {
  const { rows } = await connection.query<{ code: string; value: string; unit: string | null; at: Date }>(
    `SELECT c.code, b.value, b.unit, COALESCE(b.observed_at, b.filed_at) AS at FROM unnest($4::text[]) AS c (code)
      CROSS JOIN LATERAL (SELECT * FROM observation o WHERE o.tenant_id = $1 AND o.patient_id = $2 AND o.code = c.code AND o.order_id <> $3 AND o.value IS NOT NULL AND o.status IN ('F', 'C', 'U')
         AND (SELECT n.id FROM observation n WHERE n.tenant_id = o.tenant_id AND n.supersedes_id = o.id) IS NULL ORDER BY COALESCE(o.observed_at, o.filed_at) DESC LIMIT 1) b`,
    [tenantId, patientId, orderId, codes],
  );
  return rows;
}

export type NewResult = ById & {
  orderItemId: string;
  orderId: string;
  patientId: string;
  code: string;
  panelCode: string;
  value: string;
  unit: string | null;
  rangeId: string | null;
  referenceRange: string | null;
  flag: string | null;
  isDelta: boolean;
  isPreliminary: boolean;
  noteSealed: Buffer | null;
  correctsId: string | null;
  reasonSealed: Buffer | null;
  enteredById: string;
};

export async function insertResult(connection: Connection, row: NewResult): Promise<void> {
  await connection.query(
    `INSERT INTO lab_result (tenant_id, id, order_item_id, order_id, patient_id, code, panel_code, value, unit, range_id, reference_range, flag, is_delta, is_preliminary, note_sealed, corrects_id,
       reason_sealed, entered_by_id, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'ENTERED')`,
    [
      row.tenantId,
      row.id,
      row.orderItemId,
      row.orderId,
      row.patientId,
      row.code,
      row.panelCode,
      row.value,
      row.unit,
      row.rangeId,
      row.referenceRange,
      row.flag,
      row.isDelta,
      row.isPreliminary,
      row.noteSealed,
      row.correctsId,
      row.reasonSealed,
      row.enteredById,
    ],
  );
}

/** Puts another value in the place of one that nobody has released: it is entered anew, by who changed it. */
export async function rewriteResult(connection: Connection, row: NewResult): Promise<void> {
  await connection.query(
    `UPDATE lab_result SET value = $3, unit = $4, range_id = $5, reference_range = $6, flag = $7, is_delta = $8, is_preliminary = $9, note_sealed = $10, entered_by_id = $11, entered_at = now(),
            status = 'ENTERED', verified_by_id = NULL, verified_at = NULL, version = version + 1 WHERE tenant_id = $1 AND id = $2`,
    [
      row.tenantId,
      row.id,
      row.value,
      row.unit,
      row.rangeId,
      row.referenceRange,
      row.flag,
      row.isDelta,
      row.isPreliminary,
      row.noteSealed,
      row.enteredById,
    ],
  );
}

/** Marks a value as verified. The database refuses the person who entered it. */
export async function markVerified(
  connection: Connection,
  { tenantId, id, userId }: ById & { userId: string },
): Promise<void> {
  await connection.query(
    "UPDATE lab_result SET status = 'VERIFIED', verified_by_id = $3, verified_at = now(), version = version + 1 WHERE tenant_id = $1 AND id = $2 AND status = 'ENTERED'",
    [tenantId, id, userId],
  );
}

export async function markReleased(
  connection: Connection,
  { tenantId, id, userId, messageId }: ById & { userId: string; messageId: string },
): Promise<void> {
  await connection.query(
    `UPDATE lab_result SET status = 'RELEASED', released_by_id = $3, released_at = now(), message_id = $4, version = version + 1
      WHERE tenant_id = $1 AND id = $2 AND status = 'VERIFIED'`,
    [tenantId, id, userId, messageId],
  );
}

/** Who looked at the values of an order, or at the patient's, since they were released. */
export async function listViewers(
  connection: Connection,
  { tenantId, orderId, patientId, since }: Scoped & { orderId: string; patientId: string; since: Date },
): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>(
    `SELECT DISTINCT user_id AS id FROM audit_entry WHERE tenant_id = $1 AND patient_id = $2 AND at >= $3 AND user_id IS NOT NULL AND outcome = 'success'
        AND (action = 'result.read' AND entity_id IN ($4, $5) OR action = 'result.trend' AND entity_id = $5 OR action = 'result.sign-off' AND entity_id = $4) LIMIT 200`,
    [tenantId, patientId, since, orderId, patientId],
  );
  return rows.map(({ id }) => id);
}
