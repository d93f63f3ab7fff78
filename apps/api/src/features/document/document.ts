import type { ClinicalDocument, DocumentDraft, DocumentHead, DocumentVersion } from "@infirmary/shared/document";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { hashOf, isSameHash, openContents } from "./content.ts";
import { type DocumentRow, findDocument, lockDocument } from "./store.ts";
import { type DraftRow, findDraft, listVersions, type VersionRow } from "./version-store.ts";

const iso = (at: Date | null) => at?.toISOString() ?? null;

export function toHead(row: DocumentRow): DocumentHead {
  return {
    id: row.id,
    patientId: row.patient_id,
    patient: {
      mrn: row.mrn,
      firstName: row.first_name,
      lastName: row.last_name,
      dateOfBirth: row.date_of_birth,
      gender: row.gender,
    },
    encounterId: row.encounter_id,
    facilityName: row.facility_name,
    kind: row.kind,
    templateVersion: row.template_version,
    status: row.status,
    number: row.number,
    authorName: row.author_name,
    createdAt: row.created_at.toISOString(),
    signedAt: iso(row.signed_at),
    signedByName: row.signed_by_name,
    draftSavedAt: iso(row.draft_saved_at),
    draftSavedByName: row.draft_saved_by_name,
  };
}

function toDraft(work: Work, row: DraftRow): DocumentDraft {
  const of = { tenantId: work.scope.tenantId, table: "document_draft" } as const;
  const [content] = openContents(work.platform.keys, of, [row]);
  return {
    version: row.version,
    number: row.number,
    kind: row.kind,
    reason: content?.reason ?? null,
    sections: content?.sections ?? {},
    startedByName: row.started_by_name,
    savedByName: row.saved_by_name,
    savedAt: row.saved_at.toISOString(),
  };
}

/** Versions with their texts, each hash worked out anew and compared with the one that was signed. Needs all of a document, in order. */
function toVersions(
  { platform, scope: { tenantId } }: Work,
  document: DocumentRow,
  rows: readonly VersionRow[],
): DocumentVersion[] {
  const contents = openContents(platform.keys, { tenantId, table: "document_version" }, rows);
  return rows.flatMap((row, index) => {
    const content = contents[index];
    if (!content) return [];
    const expected = hashOf(
      {
        tenantId,
        documentId: document.id,
        patientId: document.patient_id,
        documentKind: document.kind,
        templateVersion: document.template_version,
        number: row.number,
        kind: row.kind,
        previousHash: rows[index - 1]?.hash.toString("hex") ?? null,
        meaning: row.meaning,
        signedById: row.signed_by_id,
        signedAt: row.signed_at.toISOString(),
      },
      content,
    );
    return {
      id: row.id,
      number: row.number,
      kind: row.kind,
      supersedes: row.supersedes,
      reason: content.reason,
      sections: content.sections,
      meaning: row.meaning,
      signedById: row.signed_by_id,
      signedByName: row.signed_by_name,
      signedAt: row.signed_at.toISOString(),
      hash: row.hash.toString("hex"),
      isIntact: isSameHash(expected, row.hash),
    };
  });
}

export async function loadVersions(work: Work, document: DocumentRow): Promise<DocumentVersion[]> {
  const rows = await listVersions(work.connection, { tenantId: work.scope.tenantId, documentId: document.id });
  return toVersions(work, document, rows);
}

export async function loadRow({ connection, scope }: Work, { id }: { id: string }): Promise<DocumentRow> {
  const row = await findDocument(connection, { tenantId: scope.tenantId, id });
  if (!row) throw new AppError("not-found");
  return row;
}

/** One document of the tenant with the version in force and what is being written, or `not-found`. */
export async function loadDocument(work: Work, input: { id: string }): Promise<ClinicalDocument> {
  const row = await loadRow(work, input);
  const versions = await loadVersions(work, row);
  const draft = await findDraft(work.connection, { tenantId: work.scope.tenantId, documentId: row.id });
  return {
    ...toHead(row),
    current: versions.find(({ number }) => number === row.number) ?? null,
    draft: draft && toDraft(work, draft),
  };
}

/** The same for a person to look at, which the audit log keeps. */
export async function getDocument(work: Work, input: { id: string }): Promise<ClinicalDocument> {
  const document = await loadDocument(work, input);
  noteRead(work, document);
  return document;
}

export function noteRead(work: Work, { id, patientId }: { id: string; patientId: string }): void {
  work.audit({ action: "document.read", entity: "document", entityId: id, patientId });
}

/** Holds a document for a change: it exists, and it is of the patient whose chart the change comes from. */
export async function holdDocument(
  work: Work,
  { id, patientId }: { id: string; patientId?: string | undefined },
): Promise<DocumentRow> {
  if (!(await lockDocument(work.connection, { tenantId: work.scope.tenantId, id }))) throw new AppError("not-found");
  const row = await loadRow(work, { id });
  if (patientId !== undefined && patientId !== row.patient_id)
    throw new AppError("validation-failed", {
      errors: [{ path: "patientId", message: "This document is about another patient." }],
    });
  return row;
}

/** What is being written of a document that this work holds. @throws AppError wrong-transition where nothing is */
export async function holdDraft(work: Work, document: DocumentRow): Promise<DraftRow> {
  const draft = await findDraft(work.connection, { tenantId: work.scope.tenantId, documentId: document.id });
  if (!draft)
    throw new AppError("wrong-transition", {
      detail:
        document.status === "SIGNED"
          ? "This document is signed: its text does not change any more. Amend it or add to it."
          : "Nothing is being written in this document.",
    });
  return draft;
}
