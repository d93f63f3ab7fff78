import type { Connection } from "@infirmary/db/client";
import type { ClinicDay } from "./clinic-day-rows.ts";

/** Writes the visits and what came of them: each table in one statement. */
export async function insertClinicDay(
  connection: Connection,
  { tenantId, rows }: { tenantId: string; rows: ClinicDay },
): Promise<void> {
  const insert = async (text: string, values: readonly object[]) => {
    await connection.query(text, [tenantId, JSON.stringify(values)]);
  };
  await insert(
    `INSERT INTO encounter (tenant_id, id, facility_id, patient_id, provider_id, status, reason_sealed, scheduled_at, arrived_at, triaged_at, consult_started_at,
       completed_at, cancelled_at, cancel_reason_sealed, assessment_sealed, plan_sealed, score_kind, score, score_risk, score_missing, created_by_id, created_at)
     SELECT $1, id, "facilityId", "patientId", "providerId", status, decode("reasonSealed", 'base64'), "scheduledAt", "arrivedAt", "triagedAt", "consultStartedAt",
       "completedAt", "cancelledAt", decode("cancelReasonSealed", 'base64'), decode("assessmentSealed", 'base64'), decode("planSealed", 'base64'), "scoreKind", score, "scoreRisk",
       ARRAY(SELECT jsonb_array_elements_text("scoreMissing")), "createdById", "createdAt"
       FROM jsonb_to_recordset($2) r (id uuid, "facilityId" uuid, "patientId" uuid, "providerId" uuid, status text, "reasonSealed" text, "scheduledAt" timestamptz, "arrivedAt" timestamptz,
         "triagedAt" timestamptz, "consultStartedAt" timestamptz, "completedAt" timestamptz, "cancelledAt" timestamptz, "cancelReasonSealed" text, "assessmentSealed" text, "planSealed" text,
         "scoreKind" text, score int, "scoreRisk" text, "scoreMissing" jsonb, "createdById" uuid, "createdAt" timestamptz)`,
    rows.visits,
  );
  await insert(
    `INSERT INTO vital_signs (tenant_id, id, encounter_id, patient_id, systolic, diastolic, pulse, temperature_c, temperature_entered, spo2, spo2_scale, respiratory_rate, consciousness,
       on_oxygen, oxygen_flow, score_kind, score, score_risk, score_missing, taken_at, recorded_at, recorded_by_id)
     SELECT $1, id, "encounterId", "patientId", systolic, diastolic, pulse, "temperatureC", "temperatureEntered", spo2, 1, "respiratoryRate", consciousness,
       "onOxygen", "oxygenFlow", "scoreKind", score, "scoreRisk", ARRAY(SELECT jsonb_array_elements_text("scoreMissing")), "takenAt", "takenAt", "recordedById"
       FROM jsonb_to_recordset($2) r (id uuid, "encounterId" uuid, "patientId" uuid, systolic int, diastolic int, pulse int, "temperatureC" numeric, "temperatureEntered" text, spo2 int,
         "respiratoryRate" int, consciousness text, "onOxygen" boolean, "oxygenFlow" numeric, "scoreKind" text, score int, "scoreRisk" text, "scoreMissing" jsonb, "takenAt" timestamptz, "recordedById" uuid)`,
    rows.vitals,
  );
  await insert(
    `INSERT INTO encounter_diagnosis (tenant_id, id, encounter_id, patient_id, code, title, rank, recorded_by_id, recorded_at)
     SELECT $1, r.* FROM jsonb_to_recordset($2) r (id uuid, "encounterId" uuid, "patientId" uuid, code text, title text, rank text, "recordedById" uuid, "recordedAt" timestamptz)`,
    rows.diagnoses,
  );
  await insert(
    `INSERT INTO allergy (tenant_id, id, patient_id, substance, severity, reaction_sealed, status, recorded_by_id, recorded_at)
     SELECT $1, id, "patientId", substance, severity, decode("reactionSealed", 'base64'), 'ACTIVE', "recordedById", "recordedAt"
       FROM jsonb_to_recordset($2) r (id uuid, "patientId" uuid, substance text, severity text, "reactionSealed" text, "recordedById" uuid, "recordedAt" timestamptz)`,
    rows.allergies,
  );
  await insert(
    `INSERT INTO problem (tenant_id, id, patient_id, code, title, status, onset_date, recorded_by_id, recorded_at)
     SELECT $1, id, "patientId", code, title, 'ACTIVE', "onsetDate", "recordedById", "recordedAt"
       FROM jsonb_to_recordset($2) r (id uuid, "patientId" uuid, code text, title text, "onsetDate" date, "recordedById" uuid, "recordedAt" timestamptz)`,
    rows.problems,
  );
  await insert(
    `INSERT INTO clinical_profile (tenant_id, patient_id, allergy_status, allergy_asked_by_id, allergy_asked_at)
     SELECT $1, r.* FROM jsonb_to_recordset($2) r ("patientId" uuid, "allergyStatus" text, "askedById" uuid, "askedAt" timestamptz)`,
    rows.profiles,
  );
  await insert(
    `INSERT INTO event (tenant_id, id, name, patient_id, encounter_id, actor_id, detail, at)
     SELECT $1, id, name, "patientId", "encounterId", "actorId", detail, at
       FROM jsonb_to_recordset($2) r (id uuid, name text, "patientId" uuid, "encounterId" uuid, "actorId" uuid, detail jsonb, at timestamptz)`,
    rows.events,
  );
}
