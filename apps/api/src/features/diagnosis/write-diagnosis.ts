import { type DiagnosisCode, type DiagnosisInput, normaliseIcdCode } from "@infirmary/shared/diagnosis";
import type { Encounter } from "@infirmary/shared/encounter";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { changeEncounter, changingEncounter, holdEncounter, loadEncounter } from "../encounter/index.ts";
import { demotePrimary, findCode, putDiagnosis, withdrawDiagnosis } from "./store.ts";

/** The code of the catalogue, however it was written. @throws AppError at `code` where the catalogue does not know it */
export async function knownCode(work: Work, code: string): Promise<DiagnosisCode> {
  const normal = normaliseIcdCode(code);
  const found = normal ? await findCode(work.connection, normal) : null;
  if (!found)
    throw new AppError("validation-failed", {
      errors: [{ path: "code", message: "The catalogue of ICD-10-CM does not know this code." }],
    });
  return found;
}

/** Writes a diagnosis into a consultation. */
export function addDiagnosis(ctx: ActorContext, input: DiagnosisInput): Promise<Encounter> {
  return changingEncounter(ctx, "diagnosis.add", input, async (work) => {
    const before = await heldInConsult(work, input);
    const { code, title } = await knownCode(work, input.code);
    const { tenantId } = work.scope;
    if (input.rank === "primary") await demotePrimary(work.connection, { tenantId, encounterId: before.id });
    await putDiagnosis(work.connection, {
      tenantId,
      id: newId(),
      encounterId: before.id,
      patientId: before.patientId,
      code,
      title,
      rank: input.rank,
      recordedById: ctx.session.userId,
    });
    return changed(work, before, { action: "diagnosis.add", code, rank: input.rank });
  });
}

/** Takes a diagnosis out of a consultation; it stays in the database, withdrawn. */
export function removeDiagnosis(
  ctx: ActorContext,
  input: { id: string; diagnosisId: string; version?: number | undefined },
): Promise<Encounter> {
  return changingEncounter(ctx, "diagnosis.withdraw", input, async (work) => {
    const before = await heldInConsult(work, input);
    const code = await withdrawDiagnosis(work.connection, {
      tenantId: work.scope.tenantId,
      encounterId: before.id,
      diagnosisId: input.diagnosisId,
      userId: ctx.session.userId,
    });
    if (!code) throw new AppError("not-found", { detail: "This visit has no such diagnosis." });
    return changed(work, before, { action: "diagnosis.withdraw", code, rank: null });
  });
}

async function heldInConsult(work: Work, input: { id: string; version?: number | undefined }): Promise<Encounter> {
  const before = await holdEncounter(work, input);
  if (before.status !== "IN_CONSULT")
    throw new AppError("wrong-transition", { detail: "Diagnoses are written in the consultation: start it first." });
  return before;
}

async function changed(
  work: Work,
  before: Encounter,
  { action, code, rank }: { action: string; code: string; rank: string | null },
): Promise<Encounter> {
  const at = { tenantId: work.scope.tenantId, id: before.id, version: before.version };
  if (!(await changeEncounter(work.connection, at, {}))) throw new AppError("stale-version");
  work.audit({
    action,
    entity: "encounter",
    entityId: before.id,
    patientId: before.patientId,
    after: { code, rank },
  });
  work.emit({
    name: action === "diagnosis.add" ? "diagnosis.added" : "diagnosis.withdrawn",
    encounterId: before.id,
    patientId: before.patientId,
    detail: { code, rank },
  });
  return loadEncounter(work, { id: before.id });
}
