import type { Connection } from "@infirmary/db/client";
import type { Consciousness, EarlyWarning, RespiratoryEffort, Risk } from "@infirmary/shared/vitals";

type OfPatient = { tenantId: string; patientId: string };

export type VitalsRow = {
  id: string;
  encounter_id: string;
  patient_id: string;
  systolic: number;
  diastolic: number;
  pulse: number;
  temperature_c: string;
  temperature_entered: string;
  spo2: number;
  spo2_scale: 1 | 2;
  respiratory_rate: number;
  consciousness: Consciousness;
  on_oxygen: boolean;
  oxygen_flow: string | null;
  capillary_refill_s: string | null;
  respiratory_effort: RespiratoryEffort | null;
  score_kind: EarlyWarning["kind"];
  score: number;
  score_risk: Risk;
  score_missing: string[];
  taken_at: Date;
  recorded_at: Date;
  recorded_by_name: string;
};

const selectVitals = (source: string) => `
  SELECT v.id, v.encounter_id, v.patient_id, v.systolic, v.diastolic, v.pulse, v.temperature_c, v.temperature_entered, v.spo2, v.spo2_scale,
         v.respiratory_rate, v.consciousness, v.on_oxygen, v.oxygen_flow, v.capillary_refill_s, v.respiratory_effort, v.score_kind, v.score,
         v.score_risk, v.score_missing, v.taken_at, v.recorded_at, u.full_name AS recorded_by_name
    FROM ${source} v JOIN user_account u ON u.tenant_id = v.tenant_id AND u.id = v.recorded_by_id`;

/** The latest vital signs of a patient, of one visit where it is named; newest first. */
export async function listVitals(
  connection: Connection,
  { tenantId, patientId, encounterId, limit }: OfPatient & { encounterId: string | null; limit: number },
): Promise<VitalsRow[]> {
  const { rows } = await connection.query<VitalsRow>({
    name: "vitals",
    text: `${selectVitals(
      `(SELECT * FROM vital_signs WHERE tenant_id = $1 AND patient_id = $2 AND ($3::uuid IS NULL OR encounter_id = $3)
         ORDER BY taken_at DESC, id DESC LIMIT $4)`,
    )} ORDER BY v.taken_at DESC, v.id DESC`,
    values: [tenantId, patientId, encounterId, limit],
  });
  return rows;
}

export async function findVitals(
  connection: Connection,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<VitalsRow | null> {
  const { rows } = await connection.query<VitalsRow>({
    name: "vitals-one",
    text: `${selectVitals("vital_signs")} WHERE v.tenant_id = $1 AND v.id = $2`,
    values: [tenantId, id],
  });
  return rows[0] ?? null;
}

export type NewVitals = OfPatient & {
  id: string;
  encounterId: string;
  systolic: number;
  diastolic: number;
  pulse: number;
  temperatureC: number;
  temperatureEntered: string;
  spo2: number;
  spo2Scale: 1 | 2;
  respiratoryRate: number;
  consciousness: Consciousness;
  onOxygen: boolean;
  oxygenFlow: number | null;
  capillaryRefillSeconds: number | null;
  respiratoryEffort: RespiratoryEffort | null;
  warning: EarlyWarning;
  takenAt: Date;
  recordedById: string;
};

export async function insertVitals(connection: Connection, vitals: NewVitals): Promise<void> {
  const { warning } = vitals;
  await connection.query({
    name: "vitals-insert",
    text: `INSERT INTO vital_signs (tenant_id, id, encounter_id, patient_id, systolic, diastolic, pulse, temperature_c, temperature_entered, spo2, spo2_scale,
             respiratory_rate, consciousness, on_oxygen, oxygen_flow, capillary_refill_s, respiratory_effort, score_kind, score, score_risk, score_missing, taken_at, recorded_by_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
    values: [
      vitals.tenantId,
      vitals.id,
      vitals.encounterId,
      vitals.patientId,
      vitals.systolic,
      vitals.diastolic,
      vitals.pulse,
      vitals.temperatureC,
      vitals.temperatureEntered,
      vitals.spo2,
      vitals.spo2Scale,
      vitals.respiratoryRate,
      vitals.consciousness,
      vitals.onOxygen,
      vitals.oxygenFlow,
      vitals.capillaryRefillSeconds,
      vitals.respiratoryEffort,
      warning.kind,
      warning.score,
      warning.risk,
      warning.missing,
      vitals.takenAt,
      vitals.recordedById,
    ],
  });
}

/** The patient's oxygen saturation scale; 1 unless somebody decided otherwise. */
export async function findScale(connection: Connection, { tenantId, patientId }: OfPatient): Promise<1 | 2> {
  const { rows } = await connection.query<{ spo2_scale: 1 | 2 }>({
    name: "vitals-scale",
    text: "SELECT spo2_scale FROM clinical_profile WHERE tenant_id = $1 AND patient_id = $2",
    values: [tenantId, patientId],
  });
  return rows[0]?.spo2_scale ?? 1;
}

export async function storeScale(
  connection: Connection,
  { tenantId, patientId, scale, userId }: OfPatient & { scale: 1 | 2; userId: string },
): Promise<void> {
  await connection.query(
    `INSERT INTO clinical_profile (tenant_id, patient_id, spo2_scale, spo2_scale_by_id, spo2_scale_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (tenant_id, patient_id) DO UPDATE SET spo2_scale = $3, spo2_scale_by_id = $4, spo2_scale_at = now(), version = clinical_profile.version + 1`,
    [tenantId, patientId, scale, userId],
  );
}

/** The active doctors of a facility, for whom nobody in particular is to see. */
export async function listDoctors(
  connection: Connection,
  { tenantId, facilityId }: { tenantId: string; facilityId: string },
): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>({
    name: "vitals-doctors",
    text: `SELECT DISTINCT u.id FROM membership m JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.user_id AND u.status = 'ACTIVE'
            WHERE m.tenant_id = $1 AND m.facility_id = $2 AND m.role = 'doctor'`,
    values: [tenantId, facilityId],
  });
  return rows.map(({ id }) => id);
}
