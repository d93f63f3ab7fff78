import type { Connection } from "@infirmary/db/client";
import type { BenchRow, BenchStage } from "@infirmary/shared/lab-result";

/** Orders that are open in the laboratory with what is to be done next, those due first at the top; `counts` are of all departments. */
export async function readBench(
  connection: Connection,
  {
    tenantId,
    facilityId,
    department,
    stage,
    limit,
  }: { tenantId: string; facilityId: string; department: string | null; stage: BenchStage | null; limit: number },
): Promise<{
  items: (Omit<BenchRow, "orderedAt" | "dueAt"> & { orderedAt: Date; dueAt: Date | null; patientId: string })[];
  counts: { department: string; stage: BenchStage; count: number; overdue: number }[];
}> {
  const open = `
    SELECT o.id AS "orderId", o.order_number AS "orderNumber", COALESCE(t.short_name, o.test_name) AS "testName", COALESCE(t.category, 'Other') AS department, o.priority, o.urgency, o.patient_id AS "patientId",
           o.ordered_at AS "orderedAt",
           o.ordered_at + make_interval(mins => CASE o.priority WHEN 'STAT' THEN t.turnaround_stat WHEN 'URGENT' THEN t.turnaround_urgent ELSE t.turnaround_routine END) AS "dueAt",
           CASE WHEN r.verified THEN 'RELEASE' WHEN r.entered THEN 'VERIFY' WHEN s.status IN ('RECEIVED', 'STORED') THEN 'ENTER' WHEN s.status = 'COLLECTED' THEN 'RECEIVE'
                WHEN o.status = 'IN_PROGRESS' THEN 'ENTER' ELSE 'COLLECT' END AS stage
      FROM service_order o
      LEFT JOIN lab_test t ON t.tenant_id = o.tenant_id AND t.code = o.test_code
      LEFT JOIN LATERAL (SELECT bool_or(l.status = 'ENTERED') AS entered, bool_or(l.status = 'VERIFIED') AS verified FROM lab_result l WHERE l.tenant_id = o.tenant_id AND l.order_id = o.id) r ON true
      LEFT JOIN LATERAL (SELECT x.status FROM specimen_order so JOIN specimen x ON x.tenant_id = so.tenant_id AND x.id = so.specimen_id
         WHERE so.tenant_id = o.tenant_id AND so.order_id = o.id AND x.status NOT IN ('REJECTED', 'DISCARDED') ORDER BY x.status = 'COLLECTED', x.collected_at DESC LIMIT 1) s ON true
     WHERE o.tenant_id = $1 AND o.facility_id = $2 AND o.kind = 'LAB'
       AND (o.status IN ('ORDERED', 'IN_PROGRESS') OR r.entered OR r.verified)
       AND NOT o.patient_id = ANY (ARRAY(SELECT d.id FROM patient d WHERE d.tenant_id = $1 AND d.deleted_at IS NOT NULL))`;
  const items = await connection.query<Awaited<ReturnType<typeof readBench>>["items"][number]>(
    `WITH open AS MATERIALIZED (${open})
     SELECT b."orderId", b."orderNumber", b."testName", b.department, b.priority, b.stage, b."orderedAt", b."dueAt", b."patientId",
            jsonb_build_object('mrn', p.mrn, 'firstName', p.first_name, 'lastName', p.last_name, 'dateOfBirth', p.date_of_birth::text, 'gender', p.gender) AS patient
       FROM open b JOIN patient p ON p.tenant_id = $1 AND p.id = b."patientId"
      WHERE ($3::text IS NULL OR b.department = $3) AND ($4::text IS NULL OR b.stage = $4)
      ORDER BY (b."dueAt" < now()) IS TRUE DESC, b.urgency, b."dueAt" NULLS LAST, b."orderId" LIMIT $5`,
    [tenantId, facilityId, department, stage, limit],
  );
  const counts = await connection.query<{ department: string; stage: BenchStage; count: number; overdue: number }>(
    `WITH open AS MATERIALIZED (${open})
     SELECT department, stage, count(*)::int AS count, count(*) FILTER (WHERE "dueAt" < now())::int AS overdue FROM open GROUP BY 1, 2`,
    [tenantId, facilityId],
  );
  return { items: items.rows, counts: counts.rows };
}
