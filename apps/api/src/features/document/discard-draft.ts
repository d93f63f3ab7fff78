import type { ClinicalDocument } from "@infirmary/shared/document";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { holdDocument, holdDraft, loadDocument } from "./document.ts";
import { type DocumentRow, moveDocument } from "./store.ts";
import { findDraft, putAwayDraft } from "./version-store.ts";

type Step = { id: string; patientId?: string | undefined };

/** Puts away what is being written. A document that was never signed leaves the lists with it; nothing is lost, `restoreDraft` brings it back. */
export async function discardDraft(work: Work, input: Step): Promise<ClinicalDocument> {
  const document = await holdDocument(work, input);
  const draft = await holdDraft(work, document);
  await putAwayDraft(work.connection, { tenantId: work.scope.tenantId, id: draft.id, at: work.now });
  return settle(work, document, "discard");
}

/** Brings back what was put away last, where nothing else is being written since. */
export async function restoreDraft(work: Work, input: Step): Promise<ClinicalDocument> {
  const { connection, scope } = work;
  const document = await holdDocument(work, input);
  const of = { tenantId: scope.tenantId, documentId: document.id };
  const away = await findDraft(connection, { ...of, isDiscarded: true });
  const isFree = (await findDraft(connection, of)) === null;
  if (!away || !isFree || away.number !== document.number + 1)
    throw new AppError("wrong-transition", { detail: "There is nothing to bring back." });
  await putAwayDraft(connection, { tenantId: scope.tenantId, id: away.id, at: null });
  return settle(work, document, "restore");
}

async function settle(work: Work, document: DocumentRow, deed: "discard" | "restore"): Promise<ClinicalDocument> {
  const { connection, scope, audit, emit } = work;
  if (document.number === 0)
    await moveDocument(
      connection,
      { tenantId: scope.tenantId, id: document.id },
      { status: deed === "discard" ? "DISCARDED" : "DRAFT", number: 0 },
    );
  audit({
    action: `document.${deed}-draft`,
    entity: "document",
    entityId: document.id,
    patientId: document.patient_id,
    before: { status: document.status },
  });
  emit({
    name: deed === "discard" ? "document.discarded" : "document.restored",
    patientId: document.patient_id,
    encounterId: document.encounter_id,
    subjectId: document.id,
    detail: { kind: document.kind },
  });
  return loadDocument(work, { id: document.id });
}
