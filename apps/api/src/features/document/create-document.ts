import { type ClinicalDocument, type DocumentCreate, latestTemplate } from "@infirmary/shared/document";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadPatient } from "../patient/index.ts";
import { newContent, sealContent } from "./content.ts";
import { loadDocument } from "./document.ts";
import { insertDocument, visitOf } from "./store.ts";
import { insertDraft } from "./version-store.ts";

/** Begins a document of a patient, within an open visit or none, from the newest template of its kind. It is a draft until it is signed. */
export async function createDocument(work: Work, input: DocumentCreate): Promise<ClinicalDocument> {
  const { connection, scope, platform, audit, emit, now } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const { patientId, kind, encounterId = null } = input;
  await loadPatient(work, { id: patientId });
  if (encounterId) {
    const visit = await visitOf(connection, { tenantId, id: encounterId, patientId });
    if (!visit)
      throw new AppError("validation-failed", {
        errors: [{ path: "encounterId", message: "This is no visit of the patient." }],
      });
    if (visit.isClosed) throw new AppError("encounter-closed");
  }
  const template = latestTemplate(kind);
  const sections = input.sections ?? {};
  requireKnown(
    sections,
    template.sections.map(({ key }) => key),
  );
  const [id, draftId] = [newId(), newId()];
  await insertDocument(connection, {
    tenantId,
    id,
    patientId,
    facilityId: actor.facility.id,
    encounterId,
    kind,
    templateVersion: template.version,
    createdById: actor.userId,
  });
  await insertDraft(connection, {
    tenantId,
    id: draftId,
    documentId: id,
    patientId,
    number: 1,
    kind: "original",
    contentSealed: sealContent(
      platform.keys,
      { tenantId, table: "document_draft", id: draftId },
      newContent(sections, null),
    ),
    byId: actor.userId,
    at: now,
  });
  audit({ action: "document.create", entity: "document", entityId: id, patientId, after: { kind, encounterId } });
  emit({ name: "document.created", patientId, encounterId, subjectId: id, detail: { kind } });
  return loadDocument(work, { id });
}

/** Refuses parts that the template does not have. */
export function requireKnown(sections: Record<string, string>, known: readonly string[]): void {
  const errors = Object.keys(sections)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      path: `sections.${key}`,
      message: "This document has no such part, or it is not to be changed.",
    }));
  if (errors.length > 0) throw new AppError("validation-failed", { errors });
}
