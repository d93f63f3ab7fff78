import { addendumKey, type ClinicalDocument, type DocumentAmend } from "@infirmary/shared/document";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { newContent, openContents, sealContent } from "./content.ts";
import { holdDocument, loadDocument } from "./document.ts";
import { findDraft, insertDraft, listVersions } from "./version-store.ts";

/**
 * Begins the next version of a signed document, with the reason for it: an amendment starts from the whole text, an addendum leaves it as
 * it is and adds below. The version in force stays so until the new one is signed.
 */
export async function amendDocument(work: Work, input: DocumentAmend): Promise<ClinicalDocument> {
  const { connection, scope, platform, audit, emit, now } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const document = await holdDocument(work, input);
  const current = (await listVersions(connection, { tenantId, documentId: document.id })).at(-1);
  if (!current)
    throw new AppError("wrong-transition", { detail: "This document is not signed yet: write on in its draft." });
  if (current.number !== input.number) throw new AppError("stale-version", { detail: "A newer version is in force." });
  if (await findDraft(connection, { tenantId, documentId: document.id }))
    throw new AppError("wrong-transition", { detail: "The next version is being written already." });
  const [content] = openContents(platform.keys, { tenantId, table: "document_version" }, [current]);
  const number = current.number + 1;
  const sections = { ...content?.sections, ...(input.kind === "addendum" ? { [addendumKey(number)]: "" } : {}) };
  const id = newId();
  await insertDraft(connection, {
    tenantId,
    id,
    documentId: document.id,
    patientId: document.patient_id,
    number,
    kind: input.kind,
    contentSealed: sealContent(
      platform.keys,
      { tenantId, table: "document_draft", id },
      newContent(sections, input.reason),
    ),
    byId: actor.userId,
    at: now,
  });
  audit({
    action: "document.amend",
    entity: "document",
    entityId: document.id,
    patientId: document.patient_id,
    after: { kind: input.kind, supersedes: current.number, reason: "(sealed)" },
  });
  emit({
    name: "document.amending",
    patientId: document.patient_id,
    encounterId: document.encounter_id,
    subjectId: document.id,
    detail: { kind: document.kind, version: input.kind, number },
  });
  return loadDocument(work, input);
}
