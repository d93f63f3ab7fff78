import { type ClinicalDocument, type DocumentSign, missingSections } from "@infirmary/shared/document";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import type { Session } from "../../core/scope.ts";
import { hashOf, type Letterhead, openContents, sealContent } from "./content.ts";
import { holdDocument, holdDraft, loadDocument } from "./document.ts";
import { requireNewest, writingDraft } from "./save-draft.ts";
import { type DocumentRow, moveDocument } from "./store.ts";
import { deleteDraft, insertVersion, listVersions } from "./version-store.ts";

/**
 * Signs what is being written, exactly as it was read (`draftVersion`), in the sense of `meaning`: it becomes the next version for good.
 * The hash covers text, patient, signer, meaning, time and the version before; it stands in the audit log too.
 */
export async function signDocument(ctx: ActorContext, input: DocumentSign): Promise<ClinicalDocument> {
  return writingDraft(ctx, "document.sign", input, async (work) => {
    const { platform, scope, connection, audit, emit, now } = work;
    const { tenantId } = scope;
    const { userId } = ctx.session;
    const document = await holdDocument(work, input);
    const draft = await holdDraft(work, document);
    requireNewest(await loadDocument(work, input), draft, input);
    const [written] = openContents(platform.keys, { tenantId, table: "document_draft" }, [draft]);
    if (!written) throw new Error("A draft has content.");
    const content = { ...written, letterhead: letterheadOf(ctx.session, document) };
    const template = { kind: document.kind, templateVersion: document.template_version };
    const missing = missingSections(template, content.sections);
    if (missing.length > 0)
      throw new AppError("validation-failed", {
        detail: `Still empty: ${missing.join(", ")}.`,
        errors: [{ path: "sections", message: `Still empty: ${missing.join(", ")}.` }],
      });
    if (input.meaning === "author" && userId !== draft.started_by_id && userId !== draft.saved_by_id)
      throw new AppError("validation-failed", {
        errors: [{ path: "meaning", message: "Somebody else wrote this: sign as the one who takes responsibility." }],
      });
    const versions = await listVersions(connection, { tenantId, documentId: document.id });
    const { number, kind } = draft;
    const hash = hashOf(
      {
        tenantId,
        documentId: document.id,
        patientId: document.patient_id,
        documentKind: document.kind,
        templateVersion: document.template_version,
        number,
        kind,
        previousHash: versions.at(-1)?.hash.toString("hex") ?? null,
        meaning: input.meaning,
        signedById: userId,
        signedAt: now.toISOString(),
      },
      content,
    );
    const id = newId();
    await insertVersion(connection, {
      tenantId,
      id,
      documentId: document.id,
      patientId: document.patient_id,
      number,
      kind,
      contentSealed: sealContent(platform.keys, { tenantId, table: "document_version", id }, content),
      hash,
      meaning: input.meaning,
      signedById: userId,
      signedAt: now,
    });
    await deleteDraft(connection, { tenantId, id: draft.id });
    await moveDocument(connection, { tenantId, id: document.id }, { status: "SIGNED", number });
    audit({
      action: "document.sign",
      entity: "document",
      entityId: document.id,
      patientId: document.patient_id,
      before: { number: document.number },
      after: { number, kind, meaning: input.meaning, hash: hash.toString("hex") },
    });
    emit({
      name: "document.signed",
      patientId: document.patient_id,
      encounterId: document.encounter_id,
      subjectId: document.id,
      detail: { kind: document.kind, version: kind, number },
    });
    return loadDocument(work, input);
  });
}

function letterheadOf(session: Session, document: DocumentRow): Letterhead {
  return {
    organisation: session.tenantName,
    facility: document.facility_name,
    timeZone: document.time_zone,
    patient: {
      name: `${document.last_name}, ${document.first_name}`,
      mrn: document.mrn,
      dateOfBirth: document.date_of_birth,
      gender: document.gender,
    },
    signer: session.fullName,
  };
}
