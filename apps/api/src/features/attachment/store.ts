import type { Connection } from "@infirmary/db/client";
import type { MediaType } from "@infirmary/shared/attachment";

type ById = { tenantId: string; id: string };

export type AttachmentRow = {
  id: string;
  patient_id: string;
  encounter_id: string | null;
  file_name_sealed: Buffer;
  file_key_sealed: Buffer;
  media_type: MediaType;
  size_bytes: number;
  uploaded_by_name: string;
  uploaded_at: Date;
  /** The exact time as text, for cursors. */
  uploaded_at_exact: string;
  removed_at: Date | null;
};

const select = `SELECT a.id, a.patient_id, a.encounter_id, a.file_name_sealed, a.file_key_sealed, a.media_type, a.size_bytes, u.full_name AS uploaded_by_name,
         a.uploaded_at, a.uploaded_at::text AS uploaded_at_exact, a.removed_at
    FROM attachment a JOIN user_account u ON u.tenant_id = a.tenant_id AND u.id = a.uploaded_by_id`;

export async function findAttachment(connection: Connection, { tenantId, id }: ById): Promise<AttachmentRow | null> {
  const { rows } = await connection.query<AttachmentRow>({
    name: "attachment",
    text: `${select} WHERE a.tenant_id = $1 AND a.id = $2`,
    values: [tenantId, id],
  });
  return rows[0] ?? null;
}

/** One page of a patient's files, or of one visit's, latest first, without those put away. */
export async function listAttachmentRows(
  connection: Connection,
  of: { tenantId: string; patientId: string; encounterId: string | undefined },
  page: { after: { uploaded_at_exact: string; id: string } | null; limit: number },
): Promise<AttachmentRow[]> {
  const values: unknown[] = [of.tenantId, of.patientId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = ["a.tenant_id = $1", "a.patient_id = $2", "a.removed_at IS NULL"];
  if (of.encounterId) conditions.push(`a.encounter_id = ${bind(of.encounterId)}`);
  if (page.after)
    conditions.push(
      `(a.uploaded_at, a.id) < (${bind(page.after.uploaded_at_exact)}::timestamptz, ${bind(page.after.id)}::uuid)`,
    );
  const { rows } = await connection.query<AttachmentRow>(
    `${select} WHERE ${conditions.join(" AND ")} ORDER BY a.uploaded_at DESC, a.id DESC LIMIT ${bind(page.limit)}`,
    values,
  );
  return rows;
}

/** Whether the visit is the patient's. */
export async function isVisitOf(
  connection: Connection,
  { tenantId, id, patientId }: ById & { patientId: string },
): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: "attachment-visit",
    text: "SELECT 1 FROM encounter WHERE tenant_id = $1 AND id = $2 AND patient_id = $3",
    values: [tenantId, id, patientId],
  });
  return rowCount === 1;
}

export async function insertAttachment(
  connection: Connection,
  file: ById & {
    patientId: string;
    facilityId: string;
    encounterId: string | null;
    fileNameSealed: Buffer;
    fileKeySealed: Buffer;
    mediaType: MediaType;
    sizeBytes: number;
    uploadedById: string;
    at: Date;
  },
): Promise<void> {
  await connection.query({
    name: "attachment-insert",
    text: `INSERT INTO attachment (tenant_id, id, patient_id, facility_id, encounter_id, file_name_sealed, file_key_sealed, media_type, size_bytes, uploaded_by_id, uploaded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [
      file.tenantId,
      file.id,
      file.patientId,
      file.facilityId,
      file.encounterId,
      file.fileNameSealed,
      file.fileKeySealed,
      file.mediaType,
      file.sizeBytes,
      file.uploadedById,
      file.at,
    ],
  });
}

/** Puts a file away, or brings it back (`at` null); answers whether that changed anything. */
export async function putAwayAttachment(
  connection: Connection,
  { tenantId, id, at, byId }: ById & { at: Date | null; byId: string | null },
): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: at ? "attachment-remove" : "attachment-restore",
    text: `UPDATE attachment SET removed_at = $3, removed_by_id = $4 WHERE tenant_id = $1 AND id = $2 AND removed_at IS ${at ? "NULL" : "NOT NULL"}`,
    values: [tenantId, id, at, at ? byId : null],
  });
  return rowCount === 1;
}
