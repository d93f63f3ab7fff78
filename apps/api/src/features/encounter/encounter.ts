import type { Encounter } from "@infirmary/shared/encounter";
import { AppError } from "../../core/app-error.ts";
import type { Platform } from "../../core/platform.ts";
import { openTexts } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { type EncounterRow, findEncounter } from "./store.ts";

const sealed = ["reason_sealed", "cancel_reason_sealed", "assessment_sealed", "plan_sealed"] as const;
const iso = (at: Date | null) => at?.toISOString() ?? null;

/** Rows as the API shows them; all sealed texts of all rows are opened in one go. */
export function toEncounters(keys: Platform["keys"], tenantId: string, rows: readonly EncounterRow[]): Encounter[] {
  const texts = openTexts(keys, { tenantId, table: "encounter" }, sealed, rows);
  return rows.map((row, index) => ({
    id: row.id,
    patientId: row.patient_id,
    patient: {
      mrn: row.mrn,
      firstName: row.first_name,
      lastName: row.last_name,
      dateOfBirth: row.date_of_birth,
      gender: row.gender,
    },
    facilityId: row.facility_id,
    facilityName: row.facility_name,
    status: row.status,
    reason: texts[index]?.reason_sealed ?? "",
    scheduledAt: row.scheduled_at.toISOString(),
    arrivedAt: iso(row.arrived_at),
    triagedAt: iso(row.triaged_at),
    consultStartedAt: iso(row.consult_started_at),
    completedAt: iso(row.completed_at),
    cancelledAt: iso(row.cancelled_at),
    cancelReason: texts[index]?.cancel_reason_sealed ?? null,
    providerId: row.provider_id,
    providerName: row.provider_name,
    assessment: texts[index]?.assessment_sealed ?? null,
    plan: texts[index]?.plan_sealed ?? null,
    diagnoses: row.diagnoses,
    earlyWarning:
      row.score_kind && row.score !== null && row.score_risk
        ? { kind: row.score_kind, score: row.score, risk: row.score_risk, missing: row.score_missing }
        : null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}

/** One visit of the tenant, or `not-found`. */
export async function loadEncounter({ connection, scope, platform }: Work, { id }: { id: string }): Promise<Encounter> {
  const row = await findEncounter(connection, { tenantId: scope.tenantId, id });
  const [encounter] = row ? toEncounters(platform.keys, scope.tenantId, [row]) : [];
  if (!encounter) throw new AppError("not-found");
  return encounter;
}

/** The same for a person to look at, which the audit log keeps. */
export async function getEncounter(work: Work, input: { id: string }): Promise<Encounter> {
  const encounter = await loadEncounter(work, input);
  work.audit({
    action: "encounter.read",
    entity: "encounter",
    entityId: encounter.id,
    patientId: encounter.patientId,
  });
  return encounter;
}
