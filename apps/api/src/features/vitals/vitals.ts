import type { Vitals } from "@infirmary/shared/vitals";
import type { Work } from "../../core/unit-of-work.ts";
import { loadPatient } from "../patient/index.ts";
import { findScale, listVitals, storeScale, type VitalsRow } from "./store.ts";

const number = (decimal: string | null) => (decimal === null ? null : Number(decimal));

/** A row as the API shows it. */
export function toVitals(row: VitalsRow): Vitals {
  const score = { score: row.score, risk: row.score_risk };
  return {
    id: row.id,
    encounterId: row.encounter_id,
    patientId: row.patient_id,
    bloodPressureSystolic: row.systolic,
    bloodPressureDiastolic: row.diastolic,
    pulse: row.pulse,
    temperature: Number(row.temperature_c),
    temperatureEntered: row.temperature_entered,
    spo2: row.spo2,
    spo2Scale: row.spo2_scale,
    respiratoryRate: row.respiratory_rate,
    consciousness: row.consciousness,
    onOxygen: row.on_oxygen,
    oxygenFlow: number(row.oxygen_flow),
    capillaryRefillSeconds: number(row.capillary_refill_s),
    respiratoryEffort: row.respiratory_effort,
    news2: row.score_kind === "NEWS2" ? score : null,
    pews: row.score_kind === "PEWS" ? { ...score, missing: row.score_missing } : null,
    takenAt: row.taken_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    recordedByName: row.recorded_by_name,
  };
}

/** The latest vital signs of a patient, newest first, of one visit where it is named, and the oxygen scale that holds. */
export async function readVitals(
  work: Work,
  input: { patientId: string; encounterId?: string | undefined; limit: number },
): Promise<{ items: Vitals[]; spo2Scale: 1 | 2 }> {
  const { connection, scope, audit } = work;
  const of = { tenantId: scope.tenantId, patientId: input.patientId };
  await loadPatient(work, { id: input.patientId });
  const rows = await listVitals(connection, { ...of, encounterId: input.encounterId ?? null, limit: input.limit });
  audit({ action: "vitals.read", entity: "vitals", patientId: input.patientId });
  return { items: rows.map(toVitals), spo2Scale: await findScale(connection, of) };
}

/** Decides the oxygen saturation scale of a patient from now on; what is recorded keeps the scale it was scored with. */
export async function setScale(
  work: Work,
  { patientId, spo2Scale: scale }: { patientId: string; spo2Scale: 1 | 2 },
): Promise<{ spo2Scale: 1 | 2 }> {
  const { connection, scope, audit, emit } = work;
  const { tenantId, actor } = scope;
  await loadPatient(work, { id: patientId });
  const before = await findScale(connection, { tenantId, patientId });
  if (before !== scale && actor) {
    await storeScale(connection, { tenantId, patientId, scale, userId: actor.userId });
    audit({
      action: "vitals.set-scale",
      entity: "clinical_profile",
      entityId: patientId,
      patientId,
      before: { spo2Scale: before },
      after: { spo2Scale: scale },
    });
    emit({ name: "vitals.scale-set", patientId, detail: { scale } });
  }
  return { spo2Scale: scale };
}
