import type { Connection } from "@infirmary/db/client";

export type OpenOrder = { id: string; order_number: string; short_name: string; kind: "critical" | "unfinished" };
export type Openness = { has_diagnosis: boolean; allergies_asked: boolean; orders: OpenOrder[] };

const ordersMax = 20;

/**
 * What a visit leaves open: its diagnoses, whether the patient was asked about allergies, critical results of the patient that nobody
 * signed off, and orders placed in the visit that are not finished.
 */
export async function findOpen(
  connection: Connection,
  { tenantId, id, patientId }: { tenantId: string; id: string; patientId: string },
): Promise<Openness> {
  const { rows } = await connection.query<Omit<Openness, "orders">>({
    name: "encounter-open",
    text: `SELECT EXISTS (SELECT FROM encounter_diagnosis WHERE tenant_id = $1 AND encounter_id = $2 AND withdrawn_at IS NULL AND rank = 'primary') AS has_diagnosis,
                  EXISTS (SELECT FROM clinical_profile WHERE tenant_id = $1 AND patient_id = $3 AND allergy_status <> 'NOT_ASKED') AS allergies_asked`,
    values: [tenantId, id, patientId],
  });
  const orders = await connection.query<OpenOrder>({
    name: "encounter-open-orders",
    text: `SELECT o.id, o.order_number, COALESCE(t.short_name, o.test_name) AS short_name,
                  CASE WHEN o.status = 'COMPLETED' THEN 'critical' ELSE 'unfinished' END AS kind
             FROM service_order o LEFT JOIN lab_test t ON t.tenant_id = o.tenant_id AND t.code = o.test_code
            WHERE o.tenant_id = $1 AND o.patient_id = $3
              AND ((o.status = 'COMPLETED' AND o.critical_count > 0) OR (o.encounter_id = $2 AND o.status IN ('ORDERED', 'IN_PROGRESS')))
            ORDER BY kind, o.ordered_at LIMIT ${ordersMax}`,
    values: [tenantId, id, patientId],
  });
  return { has_diagnosis: false, allergies_asked: false, ...rows[0], orders: orders.rows };
}
