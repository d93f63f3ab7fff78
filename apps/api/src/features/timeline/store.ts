import type { Connection } from "@infirmary/db/client";

export type EventRow = {
  id: string;
  name: string;
  at: Date;
  /** The exact time as text, for cursors. */
  at_exact: string;
  patient_id: string;
  encounter_id: string | null;
  order_id: string | null;
  subject_id: string | null;
  detail: Record<string, string | number | boolean | null> | null;
  actor: string | null;
  order_name: string | null;
  diagnosis_title: string | null;
};

/** What happened to a patient or in a visit, the latest first, with what a title needs. @param names the events that are told */
export async function listEvents(
  connection: Connection,
  of: { tenantId: string; patientId: string; encounterId: string | null; names: readonly string[] },
  page: { after: { at_exact: string; id: string } | null; limit: number },
): Promise<EventRow[]> {
  const values: unknown[] = [of.tenantId, of.encounterId ?? of.patientId, of.names, page.limit];
  if (page.after) values.push(page.after.at_exact, page.after.id);
  const { rows } = await connection.query<EventRow>(
    `SELECT e.id, e.name, e.at, e.at::text AS at_exact, e.patient_id, e.encounter_id, e.order_id, e.subject_id, e.detail, u.full_name AS actor,
            COALESCE(t.short_name, o.test_name) AS order_name, c.title AS diagnosis_title
       FROM (SELECT * FROM event WHERE tenant_id = $1 AND ${of.encounterId ? "encounter_id" : "patient_id"} = $2 AND name = ANY ($3::text[]) AND user_id IS NULL
                ${page.after ? "AND (at, id) < ($5::timestamptz, $6::uuid)" : ""} ORDER BY at DESC, id DESC LIMIT $4) e
       LEFT JOIN user_account u ON u.tenant_id = e.tenant_id AND u.id = e.actor_id
       LEFT JOIN service_order o ON o.tenant_id = e.tenant_id AND o.id = e.order_id
       LEFT JOIN lab_test t ON t.tenant_id = o.tenant_id AND t.code = o.test_code
       LEFT JOIN diagnosis_code c ON c.code = e.detail->>'code'
      ORDER BY e.at DESC, e.id DESC`,
    values,
  );
  return rows;
}
