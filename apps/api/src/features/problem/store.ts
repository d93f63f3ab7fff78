import type { Connection } from "@infirmary/db/client";
import type { Problem } from "@infirmary/shared/problem";

type OfPatient = { tenantId: string; patientId: string };
type Row = {
  id: string;
  patient_id: string;
  code: string;
  title: string;
  status: Problem["status"];
  onset_date: string | null;
  recorded_at: Date;
  recorded_by_name: string;
  resolved_at: Date | null;
  version: number;
};
const select = `SELECT p.id, p.patient_id, p.code, p.title, p.status, p.onset_date::text, p.recorded_at, u.full_name AS recorded_by_name, p.resolved_at, p.version
                  FROM problem p JOIN user_account u ON u.tenant_id = p.tenant_id AND u.id = p.recorded_by_id`;
const toProblem = (row: Row): Problem => ({
  id: row.id,
  patientId: row.patient_id,
  code: row.code,
  title: row.title,
  status: row.status,
  onsetDate: row.onset_date,
  recordedAt: row.recorded_at.toISOString(),
  recordedByName: row.recorded_by_name,
  resolvedAt: row.resolved_at?.toISOString() ?? null,
  version: row.version,
});

/** Active problems first, the newest of each first. */
export async function listProblems(connection: Connection, { tenantId, patientId }: OfPatient): Promise<Problem[]> {
  const { rows } = await connection.query<Row>({
    name: "problems",
    text: `${select} WHERE p.tenant_id = $1 AND p.patient_id = $2 ORDER BY p.status, p.recorded_at DESC, p.id DESC LIMIT 200`,
    values: [tenantId, patientId],
  });
  return rows.map(toProblem);
}

/** @param isHeld holds the row for this transaction */
export async function findProblem(
  connection: Connection,
  { tenantId, id, isHeld = false }: { tenantId: string; id: string; isHeld?: boolean },
): Promise<Problem | null> {
  const { rows } = await connection.query<Row>(
    `${select} WHERE p.tenant_id = $1 AND p.id = $2${isHeld ? " FOR UPDATE OF p" : ""}`,
    [tenantId, id],
  );
  return rows[0] ? toProblem(rows[0]) : null;
}

export async function insertProblem(
  connection: Connection,
  problem: OfPatient & {
    id: string;
    code: string;
    title: string;
    onsetDate: string | null;
    encounterId: string | null;
    recordedById: string;
  },
): Promise<void> {
  await connection.query(
    `INSERT INTO problem (tenant_id, id, patient_id, code, title, status, onset_date, encounter_id, recorded_by_id)
     VALUES ($1, $2, $3, $4, $5, 'ACTIVE', $6, $7, $8)`,
    [
      problem.tenantId,
      problem.id,
      problem.patientId,
      problem.code,
      problem.title,
      problem.onsetDate,
      problem.encounterId,
      problem.recordedById,
    ],
  );
}

export async function storeStatus(
  connection: Connection,
  { tenantId, id, status }: { tenantId: string; id: string; status: Problem["status"] },
): Promise<void> {
  await connection.query(
    `UPDATE problem SET status = $3, resolved_at = CASE WHEN $3 = 'RESOLVED' THEN now() END, version = version + 1 WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id, status],
  );
}
