import type { Connection } from "@infirmary/db/client";
import type { OrderStatus } from "@infirmary/shared/order";
import type { FiledCounts } from "./filing.ts";
import type { OrderRow } from "./store.ts";

type Scoped = { tenantId: string };

/** What filing needs to know of an order and its patient. */
export type FilingOrder = Pick<
  OrderRow,
  | "id"
  | "order_number"
  | "patient_id"
  | "mrn"
  | "last_name"
  | "date_of_birth"
  | "gender"
  | "facility_id"
  | "time_zone"
  | "test_code"
  | "test_name"
  | "status"
  | "ordered_by_id"
> & { patient_facility_ids: string[] };

/**
 * Holds the orders of those ids and numbers for this transaction, in the order of their ids so that two groups cannot wait for each
 * other, and reads what filing needs of them.
 */
export async function lockOrders(
  connection: Connection,
  { tenantId, ids, orderNumbers }: Scoped & { ids: readonly string[]; orderNumbers: readonly string[] },
): Promise<FilingOrder[]> {
  const { rows } = await connection.query<FilingOrder>({
    name: "orders-lock",
    text: `SELECT o.id, o.order_number, o.patient_id, p.mrn, p.last_name, p.date_of_birth::text, p.gender, o.facility_id, f.time_zone, o.test_code, o.test_name, o.status, o.ordered_by_id,
                  p.facility_ids AS patient_facility_ids
             FROM service_order o
            CROSS JOIN LATERAL (SELECT * FROM patient q WHERE q.tenant_id = $1 AND q.id = o.patient_id OFFSET 0) p
            CROSS JOIN LATERAL (SELECT * FROM facility g WHERE g.tenant_id = $1 AND g.id = o.facility_id OFFSET 0) f
            WHERE o.tenant_id = $1 AND o.id = ANY (ARRAY(
              SELECT unnest($2::uuid[]) UNION ALL SELECT k.id FROM unnest($3::text[]) AS n (number) CROSS JOIN LATERAL (
                SELECT i.id FROM service_order i WHERE i.tenant_id = $1 AND i.order_number = n.number OFFSET 0) k))
            ORDER BY o.id FOR NO KEY UPDATE OF o`,
    values: [tenantId, ids, orderNumbers],
  });
  return rows;
}

export type Filed = { orderId: string; status: OrderStatus; counts: FiledCounts; filings: number };

/** Stores counts and state of orders this transaction holds; each filing is a version. */
export async function storeFilings(
  connection: Connection,
  { tenantId, filed }: Scoped & { filed: readonly Filed[] },
): Promise<void> {
  if (filed.length === 0) return;
  await connection.query({
    name: "orders-filed",
    text: `UPDATE service_order o SET status = r.status, observation_count = r.observations, abnormal_count = r.abnormal, critical_count = r.critical, pending_count = r.pending,
                  version = o.version + r.filings, updated_at = now(), completed_at = CASE WHEN r.status = 'COMPLETED' THEN now() ELSE o.completed_at END
             FROM unnest($2::uuid[], $3::text[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[]) AS r (id, status, observations, abnormal, critical, pending, filings)
            WHERE o.tenant_id = $1 AND o.id = r.id`,
    values: [
      tenantId,
      filed.map(({ orderId }) => orderId),
      filed.map(({ status }) => status),
      filed.map(({ counts }) => counts.observations),
      filed.map(({ counts }) => counts.abnormal),
      filed.map(({ counts }) => counts.critical),
      filed.map(({ counts }) => counts.pending),
      filed.map(({ filings }) => filings),
    ],
  });
}
