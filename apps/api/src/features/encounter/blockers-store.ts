import type { Connection } from "@infirmary/db/client";
import type { DocumentKind } from "@infirmary/shared/document";

export type OpenOrder = { id: string; order_number: string; short_name: string; kind: "critical" | "unfinished" };
export type UnsignedDocument = { id: string; kind: DocumentKind; number: number };
export type Openness = {
  has_diagnosis: boolean;
  allergies_asked: boolean;
  documents: UnsignedDocument[];
  orders: OpenOrder[];
};

/** Of a kind. */
const listedMax = 20;

/**
 * What a visit leaves open: its diagnoses, whether the patient was asked about allergies, critical results of the patient that nobody
 * signed off, what was written in the visit and not signed, and orders placed in it that are not finished.
 */
export async function findOpen(
  connection: Connection,
  { tenantId, id, patientId }: { tenantId: string; id: string; patientId: string },
): Promise<Openness> {
  const { rows } = await connection.query<Omit<Openness, "orders" | "documents">>({
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
            ORDER BY kind, o.ordered_at LIMIT ${listedMax}`,
    values: [tenantId, id, patientId],
  });
  const documents = await connection.query<UnsignedDocument>({
    name: "encounter-unsigned-documents",
    text: `SELECT d.id, d.kind, w.number FROM document d
             JOIN document_draft w ON w.tenant_id = d.tenant_id AND w.document_id = d.id AND w.discarded_at IS NULL
            WHERE d.tenant_id = $1 AND d.encounter_id = $2 ORDER BY d.created_at, d.id LIMIT ${listedMax}`,
    values: [tenantId, id],
  });
  return {
    has_diagnosis: false,
    allergies_asked: false,
    ...rows[0],
    documents: documents.rows,
    orders: orders.rows,
  };
}
