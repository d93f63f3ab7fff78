import type { Connection } from "@infirmary/db/client";
import type { SignatureMeaning, VersionKind } from "@infirmary/shared/document";

type Of = { tenantId: string; documentId: string };

export type DraftRow = {
  id: string;
  number: number;
  kind: VersionKind;
  content_sealed: Buffer;
  started_by_id: string;
  started_by_name: string;
  saved_by_id: string;
  saved_by_name: string;
  saved_at: Date;
  version: number;
};

/** What is being written, or, where `isDiscarded`, what was put away last. */
export async function findDraft(
  connection: Connection,
  { tenantId, documentId, isDiscarded = false }: Of & { isDiscarded?: boolean },
): Promise<DraftRow | null> {
  const { rows } = await connection.query<DraftRow>({
    name: isDiscarded ? "document-draft-discarded" : "document-draft",
    text: `SELECT w.id, w.number, w.kind, w.content_sealed, w.started_by_id, b.full_name AS started_by_name, w.saved_by_id, s.full_name AS saved_by_name, w.saved_at, w.version
             FROM document_draft w
             JOIN user_account b ON b.tenant_id = w.tenant_id AND b.id = w.started_by_id
             JOIN user_account s ON s.tenant_id = w.tenant_id AND s.id = w.saved_by_id
            WHERE w.tenant_id = $1 AND w.document_id = $2 AND ${isDiscarded ? "w.discarded_at IS NOT NULL ORDER BY w.discarded_at DESC LIMIT 1" : "w.discarded_at IS NULL"}`,
    values: [tenantId, documentId],
  });
  return rows[0] ?? null;
}

export async function insertDraft(
  connection: Connection,
  draft: Of & {
    id: string;
    patientId: string;
    number: number;
    kind: VersionKind;
    contentSealed: Buffer;
    byId: string;
    at: Date;
  },
): Promise<void> {
  await connection.query({
    name: "document-draft-insert",
    text: `INSERT INTO document_draft (tenant_id, id, document_id, patient_id, number, kind, content_sealed, started_by_id, saved_by_id, saved_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
    values: [
      draft.tenantId,
      draft.id,
      draft.documentId,
      draft.patientId,
      draft.number,
      draft.kind,
      draft.contentSealed,
      draft.byId,
      draft.at,
    ],
  });
}

/** Writes the draft of this version anew; answers whether it was still there. */
export async function changeDraft(
  connection: Connection,
  { tenantId, id, version }: { tenantId: string; id: string; version: number },
  { contentSealed, byId, at }: { contentSealed: Buffer; byId: string; at: Date },
): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: "document-draft-change",
    text: `UPDATE document_draft SET content_sealed = $4, saved_by_id = $5, saved_at = $6, version = version + 1
            WHERE tenant_id = $1 AND id = $2 AND version = $3 AND discarded_at IS NULL`,
    values: [tenantId, id, version, contentSealed, byId, at],
  });
  return rowCount === 1;
}

/** Puts a draft away at `at`, or takes it out again (null). */
export async function putAwayDraft(
  connection: Connection,
  { tenantId, id, at }: { tenantId: string; id: string; at: Date | null },
): Promise<void> {
  await connection.query({
    name: "document-draft-away",
    text: "UPDATE document_draft SET discarded_at = $3 WHERE tenant_id = $1 AND id = $2",
    values: [tenantId, id, at],
  });
}

/** A draft that was signed is a version now. */
export async function deleteDraft(
  connection: Connection,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<void> {
  await connection.query({
    name: "document-draft-delete",
    text: "DELETE FROM document_draft WHERE tenant_id = $1 AND id = $2",
    values: [tenantId, id],
  });
}

export type VersionRow = {
  id: string;
  number: number;
  kind: VersionKind;
  supersedes: number | null;
  content_sealed: Buffer;
  hash: Buffer;
  meaning: SignatureMeaning;
  signed_by_id: string;
  signed_by_name: string;
  signed_at: Date;
};

/** All that was signed of a document, the first version first. */
export async function listVersions(connection: Connection, { tenantId, documentId }: Of): Promise<VersionRow[]> {
  const { rows } = await connection.query<VersionRow>({
    name: "document-versions",
    text: `SELECT v.id, v.number, v.kind, v.supersedes, v.content_sealed, v.hash, v.meaning, v.signed_by_id, u.full_name AS signed_by_name, v.signed_at
             FROM document_version v JOIN user_account u ON u.tenant_id = v.tenant_id AND u.id = v.signed_by_id
            WHERE v.tenant_id = $1 AND v.document_id = $2 ORDER BY v.number`,
    values: [tenantId, documentId],
  });
  return rows;
}

export async function insertVersion(
  connection: Connection,
  version: Of & {
    id: string;
    patientId: string;
    number: number;
    kind: VersionKind;
    contentSealed: Buffer;
    hash: Buffer;
    meaning: SignatureMeaning;
    signedById: string;
    signedAt: Date;
  },
): Promise<void> {
  await connection.query({
    name: "document-version-insert",
    text: `INSERT INTO document_version (tenant_id, id, document_id, patient_id, number, kind, supersedes, content_sealed, hash, meaning, signed_by_id, signed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      version.tenantId,
      version.id,
      version.documentId,
      version.patientId,
      version.number,
      version.kind,
      version.number === 1 ? null : version.number - 1,
      version.contentSealed,
      version.hash,
      version.meaning,
      version.signedById,
      version.signedAt,
    ],
  });
}
