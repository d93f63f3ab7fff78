import type { Connection } from "@infirmary/db/client";
import type { OrderStatus } from "@infirmary/shared/order";
import type { Gender } from "@infirmary/shared/patient";
import type { UnmatchedReason, UnmatchedStatus } from "@infirmary/shared/unmatched";
import { sealedOrReadable } from "../../core/sealed-text.ts";
import type { Problem } from "./store.ts";

type Scoped = { tenantId: string };

export type DeskRow = {
  id: string;
  controlId: string;
  sender: string;
  partnerId: string | null;
  partnerName: string | null;
  type: string;
  file_name_sealed: Buffer | null;
  rawSealed: Buffer;
  reason: UnmatchedReason;
  problems: Problem[];
  status: UnmatchedStatus;
  receivedAt: Date;
  receivedAtExact: string;
  resolvedAt: Date | null;
  resolvedByName: string | null;
  resolution_sealed: Buffer | null;
  version: number;
};

const select = `SELECT m.id, m.control_id AS "controlId", m.sender, m.partner_id AS "partnerId", p.name AS "partnerName", m.type, ${sealedOrReadable("m.file_name")}, m.raw_sealed AS "rawSealed",
    m.reason, m.problems, m.status, m.received_at AS "receivedAt", m.received_at::text AS "receivedAtExact", m.resolved_at AS "resolvedAt", u.full_name AS "resolvedByName", ${sealedOrReadable("m.resolution")}, m.version
  FROM unmatched_message m
  LEFT JOIN partner p ON p.tenant_id = m.tenant_id AND p.id = m.partner_id
  LEFT JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.resolved_by_id`;

/** Those of a state, last received first. */
export async function listDesk(
  connection: Connection,
  {
    tenantId,
    status,
    after,
    limit,
  }: Scoped & { status: UnmatchedStatus; after: { receivedAt: string; id: string } | null; limit: number },
): Promise<DeskRow[]> {
  const { rows } = await connection.query<DeskRow>(
    `${select} WHERE m.tenant_id = $1 AND m.status = $2 AND ($3::timestamptz IS NULL OR (m.received_at, m.id) < ($3::timestamptz, $4::uuid))
      ORDER BY m.received_at DESC, m.id DESC LIMIT $5`,
    [tenantId, status, after?.receivedAt ?? null, after?.id ?? null, limit],
  );
  return rows;
}

/** One message; held for this transaction where it is going to be resolved. */
export async function findDesk(
  connection: Connection,
  { tenantId, id, isHeld = false }: Scoped & { id: string; isHeld?: boolean },
): Promise<DeskRow | null> {
  const { rows } = await connection.query<DeskRow>(
    `${select} WHERE m.tenant_id = $1 AND m.id = $2${isHeld ? " FOR NO KEY UPDATE OF m" : ""}`,
    [tenantId, id],
  );
  return rows[0] ?? null;
}

/** What became of it, and by whom. */
export async function resolveDesk(
  connection: Connection,
  resolved: Scoped & {
    id: string;
    status: "FILED" | "REJECTED";
    userId: string;
    resolutionSealed: Buffer | null;
    messageId: string | null;
  },
): Promise<void> {
  await connection.query(
    `UPDATE unmatched_message SET status = $3, resolved_at = now(), resolved_by_id = $4, resolution_sealed = $5, message_id = $6, version = version + 1
      WHERE tenant_id = $1 AND id = $2`,
    [resolved.tenantId, resolved.id, resolved.status, resolved.userId, resolved.resolutionSealed, resolved.messageId],
  );
}

export type LikelyOrder = {
  orderId: string;
  orderNumber: string;
  testCode: string;
  testName: string;
  status: OrderStatus;
  orderedAt: Date;
  patientId: string;
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  gender: Gender;
};

/**
 * Orders that results could belong to, of patients with one of the numbers, the birth date or one of the family names (folded, as names
 * are sorted), and the order with one of the numbers: at most five of a patient, the newest first.
 */
export async function listLikely(
  connection: Connection,
  {
    tenantId,
    mrns,
    birthDate,
    familyNames,
    orderNumbers,
  }: Scoped & {
    mrns: readonly string[];
    birthDate: string | null;
    familyNames: readonly string[];
    orderNumbers: readonly string[];
  },
): Promise<LikelyOrder[]> {
  const { rows } = await connection.query<LikelyOrder>(
    `WITH likely AS (
       (SELECT id FROM patient WHERE tenant_id = $1 AND mrn = ANY ($2::text[]) AND deleted_at IS NULL)
       UNION (SELECT id FROM patient WHERE tenant_id = $1 AND date_of_birth = $3::date AND deleted_at IS NULL LIMIT 50)
       UNION (SELECT n.patient_id FROM unnest($4::text[]) AS f (word) JOIN patient_name n ON n.tenant_id = $1 AND n.word = f.word LIMIT 50)
       UNION (SELECT patient_id FROM service_order WHERE tenant_id = $1 AND order_number = ANY ($5::text[])))
     SELECT o.id AS "orderId", o.order_number AS "orderNumber", o.test_code AS "testCode", o.test_name AS "testName", o.status, o.ordered_at AS "orderedAt",
            p.id AS "patientId", p.mrn, p.first_name AS "firstName", p.last_name AS "lastName", p.date_of_birth::text AS "dateOfBirth", p.gender
       FROM likely l JOIN patient p ON p.tenant_id = $1 AND p.id = l.id AND p.deleted_at IS NULL
      CROSS JOIN LATERAL (
        SELECT * FROM service_order s WHERE s.tenant_id = $1 AND s.patient_id = p.id AND s.status <> 'CANCELLED' AND s.kind = 'LAB'
         ORDER BY s.status NOT IN ('ORDERED', 'IN_PROGRESS'), s.ordered_at DESC LIMIT 5) o`,
    [tenantId, mrns, birthDate, familyNames, orderNumbers],
  );
  return rows;
}
