import type { Connection } from "@infirmary/db/client";
import type { AllergyStatus, Severity } from "@infirmary/shared/allergy";

type OfPatient = { tenantId: string; patientId: string };
export type AllergyRow = {
  id: string;
  substance: string;
  severity: Severity;
  reaction_sealed: Buffer | null;
  recorded_at: Date;
  recorded_by_name: string;
  version: number;
};
export type Asked = { status: AllergyStatus; asked_at: Date | null; asked_by_name: string | null };

/** The active ones, severest first. */
export async function listAllergies(connection: Connection, { tenantId, patientId }: OfPatient): Promise<AllergyRow[]> {
  const { rows } = await connection.query<AllergyRow>({
    name: "allergies",
    text: `SELECT a.id, a.substance, a.severity, a.reaction_sealed, a.recorded_at, u.full_name AS recorded_by_name, a.version
             FROM allergy a JOIN user_account u ON u.tenant_id = a.tenant_id AND u.id = a.recorded_by_id
            WHERE a.tenant_id = $1 AND a.patient_id = $2 AND a.status = 'ACTIVE'
            ORDER BY array_position(ARRAY['severe', 'moderate', 'unknown', 'mild'], a.severity), lower(a.substance) LIMIT 200`,
    values: [tenantId, patientId],
  });
  return rows;
}

/** Whether anybody asked, and what came of it. */
export async function findAsked(connection: Connection, { tenantId, patientId }: OfPatient): Promise<Asked> {
  const { rows } = await connection.query<Asked>({
    name: "allergies-asked",
    text: `SELECT c.allergy_status AS status, c.allergy_asked_at AS asked_at, u.full_name AS asked_by_name FROM clinical_profile c
             LEFT JOIN user_account u ON u.tenant_id = c.tenant_id AND u.id = c.allergy_asked_by_id WHERE c.tenant_id = $1 AND c.patient_id = $2`,
    values: [tenantId, patientId],
  });
  return rows[0] ?? { status: "NOT_ASKED", asked_at: null, asked_by_name: null };
}

/** Keeps what came of asking; holds the patient's row, so that two answers queue. */
export async function storeAsked(
  connection: Connection,
  { tenantId, patientId, status, userId }: OfPatient & { status: AllergyStatus; userId: string },
): Promise<void> {
  await connection.query(
    `INSERT INTO clinical_profile (tenant_id, patient_id, allergy_status, allergy_asked_at, allergy_asked_by_id) VALUES ($1, $2, $3, now(), $4)
     ON CONFLICT (tenant_id, patient_id) DO UPDATE SET allergy_status = $3, allergy_asked_at = now(), allergy_asked_by_id = $4, version = clinical_profile.version + 1`,
    [tenantId, patientId, status, userId],
  );
}

export async function insertAllergy(
  connection: Connection,
  allergy: OfPatient & {
    id: string;
    substance: string;
    severity: Severity;
    reactionSealed: Buffer | null;
    recordedById: string;
  },
): Promise<void> {
  await connection.query(
    `INSERT INTO allergy (tenant_id, id, patient_id, substance, severity, reaction_sealed, status, recorded_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, 'ACTIVE', $7)`,
    [
      allergy.tenantId,
      allergy.id,
      allergy.patientId,
      allergy.substance,
      allergy.severity,
      allergy.reactionSealed,
      allergy.recordedById,
    ],
  );
}

/** Marks an allergy as refuted; answers whose it was, or null where there is no active one. */
export async function refuteAllergy(
  connection: Connection,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<{ patientId: string; substance: string } | null> {
  const { rows } = await connection.query<{ patientId: string; substance: string }>(
    `UPDATE allergy SET status = 'REFUTED', version = version + 1 WHERE tenant_id = $1 AND id = $2 AND status = 'ACTIVE'
     RETURNING patient_id AS "patientId", substance`,
    [tenantId, id],
  );
  return rows[0] ?? null;
}
