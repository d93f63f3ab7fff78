import type { AllergyCreate, AllergyList } from "@infirmary/shared/allergy";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import { openTexts, sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadPatient } from "../patient/index.ts";
import { findAsked, insertAllergy, listAllergies, refuteAllergy, storeAsked } from "./store.ts";

/** A patient's allergies, and whether anybody asked; the audit log keeps the look. */
export async function readAllergies(work: Work, { patientId }: { patientId: string }): Promise<AllergyList> {
  await loadPatient(work, { id: patientId });
  work.audit({ action: "allergy.read", entity: "allergy", patientId });
  return loadAllergies(work, patientId);
}

/** Adds what a patient does not tolerate; the list then has been asked for. One that is on it already is 409. */
export async function addAllergy(work: Work, input: AllergyCreate): Promise<AllergyList> {
  const { connection, scope, platform, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const { patientId, substance, severity } = input;
  await loadPatient(work, { id: patientId });
  await storeAsked(connection, { tenantId, patientId, status: "LISTED", userId: actor.userId });
  const id = newId();
  const reactionSealed = sealText(
    platform.keys,
    { tenantId, table: "allergy", id },
    "reaction_sealed",
    input.reaction ?? null,
  );
  await insertAllergy(connection, {
    tenantId,
    id,
    patientId,
    substance,
    severity,
    reactionSealed,
    recordedById: actor.userId,
  });
  audit({
    action: "allergy.add",
    entity: "allergy",
    entityId: id,
    patientId,
    after: { substance, severity, reaction: reactionSealed ? "(sealed)" : null },
  });
  emit({ name: "allergy.changed", patientId, subjectId: id, detail: { to: "LISTED" } });
  return loadAllergies(work, patientId);
}

/** Keeps that the patient was asked and knows of none; 409 while something is on the list. */
export async function noneKnown(work: Work, { patientId }: { patientId: string }): Promise<AllergyList> {
  const { connection, scope, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  await loadPatient(work, { id: patientId });
  const before = await findAsked(connection, { tenantId, patientId });
  await storeAsked(connection, { tenantId, patientId, status: "NONE_KNOWN", userId: actor.userId });
  if ((await listAllergies(connection, { tenantId, patientId })).length > 0)
    throw new AppError("wrong-transition", {
      detail: "There are allergies on the list. Take them off first if they were wrong.",
    });
  audit({
    action: "allergy.none-known",
    entity: "clinical_profile",
    entityId: patientId,
    patientId,
    before: { allergyStatus: before.status },
    after: { allergyStatus: "NONE_KNOWN" },
  });
  emit({ name: "allergy.changed", patientId, detail: { to: "NONE_KNOWN" } });
  return loadAllergies(work, patientId);
}

/** Takes a wrong entry off the list, with a reason. Where it was the last, nobody has asked again: "none" is never assumed. */
export async function refute(work: Work, { id, reason }: { id: string; reason: string }): Promise<AllergyList> {
  const { connection, scope, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const refuted = await refuteAllergy(connection, { tenantId, id });
  if (!refuted) throw new AppError("not-found");
  const { patientId, substance } = refuted;
  const isEmpty = (await listAllergies(connection, { tenantId, patientId })).length === 0;
  if (isEmpty) await storeAsked(connection, { tenantId, patientId, status: "NOT_ASKED", userId: actor.userId });
  audit({ action: "allergy.refute", entity: "allergy", entityId: id, patientId, words: reason, before: { substance } });
  emit({ name: "allergy.changed", patientId, subjectId: id, detail: { to: "REFUTED" } });
  return loadAllergies(work, patientId);
}

async function loadAllergies({ connection, scope, platform }: Work, patientId: string): Promise<AllergyList> {
  const of = { tenantId: scope.tenantId, patientId };
  const rows = await listAllergies(connection, of);
  const asked = await findAsked(connection, of);
  const texts = openTexts(platform.keys, { tenantId: of.tenantId, table: "allergy" }, ["reaction_sealed"], rows);
  return {
    status: asked.status,
    askedAt: asked.status === "NOT_ASKED" ? null : (asked.asked_at?.toISOString() ?? null),
    askedByName: asked.status === "NOT_ASKED" ? null : asked.asked_by_name,
    items: rows.map((row, index) => ({
      id: row.id,
      substance: row.substance,
      severity: row.severity,
      reaction: texts[index]?.reaction_sealed ?? null,
      recordedAt: row.recorded_at.toISOString(),
      recordedByName: row.recorded_by_name,
      version: row.version,
    })),
  };
}
