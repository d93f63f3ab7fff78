import type { Connection } from "@infirmary/db/client";
import type { Order, OrderStatus, Priority } from "@infirmary/shared/order";
import { sealedOrReadable } from "../../core/sealed-text.ts";

type ById = { tenantId: string; id: string };

export type OrderRow = {
  id: string;
  order_number: string;
  patient_id: string;
  mrn: string;
  first_name: string;
  last_name: string;
  date_of_birth: string;
  gender: Order["patient"]["gender"];
  facility_id: string;
  facility_name: string;
  time_zone: string;
  test_code: string;
  test_name: string;
  test_short_name: string;
  priority: Priority;
  status: OrderStatus;
  notes_sealed: Buffer | null;
  ordered_by_id: string;
  ordered_by_name: string;
  ordered_at: Date;
  completed_at: Date | null;
  cancel_reason_sealed: Buffer | null;
  reviewed_by_name: string | null;
  reviewed_at: Date | null;
  review_id: string | null;
  review_comment_sealed: Buffer | null;
  observation_count: number;
  abnormal_count: number;
  critical_count: number;
  pending_count: number;
  version: number;
  created_at: Date;
  updated_at: Date;
  /** Exact times as text, for cursors: a Date would lose the microseconds. */
  ordered_at_exact: string;
  completed_at_exact: string | null;
  urgency: number;
};

/** What is read of orders: with the names a list shows, and the last sign-off; an order that is COMPLETED again has one that no longer holds. */
const orderColumns = `
  SELECT o.id, o.order_number, o.patient_id, p.mrn, p.first_name, p.last_name, p.date_of_birth::text, p.gender,
         o.facility_id, f.name AS facility_name, f.time_zone, o.test_code, o.test_name, COALESCE(t.short_name, o.test_name) AS test_short_name, o.priority, o.status, ${sealedOrReadable("o.notes")}, o.ordered_by_id, u.full_name AS ordered_by_name,
         o.ordered_at, o.completed_at, ${sealedOrReadable("o.cancel_reason")}, r.full_name AS reviewed_by_name, r.reviewed_at, r.id AS review_id, r.comment_sealed AS review_comment_sealed,
         o.observation_count, o.abnormal_count, o.critical_count, o.pending_count, o.version, o.created_at, o.updated_at,
         o.ordered_at::text AS ordered_at_exact, o.completed_at::text AS completed_at_exact, o.urgency
`;
const orderJoins = `
    LEFT JOIN lab_test t ON t.tenant_id = o.tenant_id AND t.code = o.test_code
    JOIN patient p ON p.tenant_id = o.tenant_id AND p.id = o.patient_id
    JOIN facility f ON f.tenant_id = o.tenant_id AND f.id = o.facility_id
    JOIN user_account u ON u.tenant_id = o.tenant_id AND u.id = o.ordered_by_id
    LEFT JOIN LATERAL (
      SELECT v.id, v.reviewed_at, ${sealedOrReadable("v.comment")}, w.full_name FROM result_review v JOIN user_account w ON w.tenant_id = v.tenant_id AND w.id = v.reviewed_by_id
       WHERE v.tenant_id = o.tenant_id AND v.order_id = o.id ORDER BY v.reviewed_at DESC LIMIT 1) r ON o.status IN ('REVIEWED', 'COMPLETED')`;

/** Reads the orders that `source` yields as `o`. A list narrows to its page in there, so that names are joined to 25 rows only. */
export const selectOrders = (source: string) => `${orderColumns} FROM ${source} o ${orderJoins}`;

export async function findOrder(connection: Connection, { tenantId, id }: ById): Promise<OrderRow | null> {
  const { rows } = await connection.query<OrderRow>({
    name: "order",
    text: `${selectOrders("service_order")} WHERE o.tenant_id = $1 AND o.id = $2`,
    values: [tenantId, id],
  });
  return rows[0] ?? null;
}

/** Holds the order for this transaction, so that two filings or moves of it queue. */
export async function lockOrder(
  connection: Connection,
  { tenantId, id }: ById,
): Promise<{ status: OrderStatus; version: number } | null> {
  const { rows } = await connection.query<{ status: OrderStatus; version: number }>({
    name: "order-lock",
    text: `SELECT o.status, o.version FROM service_order o
            WHERE o.tenant_id = $1 AND o.id = $2 AND (SELECT p.id FROM patient p WHERE p.tenant_id = $1 AND p.id = o.patient_id) IS NOT NULL FOR UPDATE`,
    values: [tenantId, id],
  });
  return rows[0] ?? null;
}

export async function patientExists(connection: Connection, { tenantId, id }: ById): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: "order-patient",
    text: "SELECT 1 FROM patient WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL",
    values: [tenantId, id],
  });
  return rowCount === 1;
}

/** Whether the visit is an open one of the patient. */
export async function isVisitOf(
  connection: Connection,
  { tenantId, id, patientId }: ById & { patientId: string },
): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: "order-visit",
    text: "SELECT 1 FROM encounter WHERE tenant_id = $1 AND id = $2 AND patient_id = $3 AND status NOT IN ('COMPLETED', 'CANCELLED')",
    values: [tenantId, id, patientId],
  });
  return rowCount === 1;
}

/** The tenant's next order number in sequence, from 1. */
export async function nextOrderSequence(connection: Connection, { tenantId }: { tenantId: string }): Promise<number> {
  const { rows } = await connection.query<{ taken: string }>({
    name: "order-sequence",
    text: "INSERT INTO counter (tenant_id, kind, next) VALUES ($1, 'order', 2) ON CONFLICT (tenant_id, kind) DO UPDATE SET next = counter.next + 1 RETURNING next - 1 AS taken",
    values: [tenantId],
  });
  return Number(rows[0]?.taken);
}

export type NewOrder = ById & {
  facilityId: string;
  patientId: string;
  orderNumber: string;
  testCode: string;
  testName: string;
  priority: Priority;
  notesSealed: Buffer | null;
  orderedById: string;
  encounterId: string | null;
};

/** Adds the order; answers the visit it belongs to. */
export async function insertOrder(connection: Connection, order: NewOrder): Promise<string | null> {
  const { rows } = await connection.query<{ encounter_id: string | null }>({
    name: "order-insert",
    text: `INSERT INTO service_order (tenant_id, id, facility_id, patient_id, order_number, test_code, test_name, priority, status, notes_sealed, ordered_by_id, encounter_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'ORDERED', $9, $10, COALESCE($11, (
             SELECT e.id FROM encounter e WHERE e.tenant_id = $1 AND e.patient_id = $4 AND e.provider_id = $10 AND e.status = 'IN_CONSULT'
              ORDER BY e.consult_started_at DESC LIMIT 1))) RETURNING encounter_id`,
    values: [
      order.tenantId,
      order.id,
      order.facilityId,
      order.patientId,
      order.orderNumber,
      order.testCode,
      order.testName,
      order.priority,
      order.notesSealed,
      order.orderedById,
      order.encounterId,
    ],
  });
  return rows[0]?.encounter_id ?? null;
}

/** Moves the order from the state and version that were read; answers whether it was still there. */
export async function moveOrder(
  connection: Connection,
  move: ById & { from: OrderStatus; to: OrderStatus; version: number; cancelReasonSealed?: Buffer | null },
): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: "order-move",
    text: `UPDATE service_order SET status = $4, version = version + 1, updated_at = now(), cancel_reason_sealed = COALESCE($6, cancel_reason_sealed),
                  completed_at = CASE WHEN $4 = 'COMPLETED' THEN now() ELSE completed_at END
            WHERE tenant_id = $1 AND id = $2 AND status = $3 AND version = $5`,
    values: [move.tenantId, move.id, move.from, move.to, move.version, move.cancelReasonSealed ?? null],
  });
  return rowCount === 1;
}

export async function insertReview(
  connection: Connection,
  review: ById & { orderId: string; orderVersion: number; reviewedById: string; commentSealed: Buffer | null },
): Promise<void> {
  await connection.query(
    "INSERT INTO result_review (tenant_id, id, order_id, order_version, reviewed_by_id, comment_sealed) VALUES ($1, $2, $3, $4, $5, $6)",
    [review.tenantId, review.id, review.orderId, review.orderVersion, review.reviewedById, review.commentSealed],
  );
}

/** Active people who hold the role at the facility. */
export async function listStaff(
  connection: Connection,
  { tenantId, facilityId, role }: { tenantId: string; facilityId: string; role: string },
): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>({
    name: "order-staff",
    text: "SELECT u.id FROM membership m JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.user_id AND u.status = 'ACTIVE' WHERE m.tenant_id = $1 AND m.facility_id = $2 AND m.role = $3",
    values: [tenantId, facilityId, role],
  });
  return rows.map(({ id }) => id);
}
