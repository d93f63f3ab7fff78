import type { Attachment, AttachmentList, AttachmentStep } from "@infirmary/shared/attachment";
import type { Page } from "@infirmary/shared/core";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import { openTexts } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { type AttachmentRow, findAttachment, listAttachmentRows } from "./store.ts";

const keys = z.strictObject({ uploaded_at_exact: exactTime, id: z.uuid() });

export function toAttachments({ platform, scope: { tenantId } }: Work, rows: readonly AttachmentRow[]): Attachment[] {
  const names = openTexts(platform.keys, { tenantId, table: "attachment" }, ["file_name_sealed"], rows);
  return rows.map((row, index) => ({
    id: row.id,
    patientId: row.patient_id,
    encounterId: row.encounter_id,
    fileName: names[index]?.file_name_sealed ?? "",
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    uploadedByName: row.uploaded_by_name,
    uploadedAt: row.uploaded_at.toISOString(),
    removedAt: row.removed_at?.toISOString() ?? null,
  }));
}

/** A file of the tenant, of the patient of the tab where one is named, or `not-found`. */
export async function loadAttachmentRow(work: Work, { id, patientId }: AttachmentStep): Promise<AttachmentRow> {
  const row = await findAttachment(work.connection, { tenantId: work.scope.tenantId, id });
  if (!row) throw new AppError("not-found");
  if (patientId !== undefined && patientId !== row.patient_id)
    throw new AppError("validation-failed", {
      errors: [{ path: "patientId", message: "This file is another patient's." }],
    });
  return row;
}

export async function loadAttachment(work: Work, step: AttachmentStep): Promise<Attachment> {
  const [attachment] = toAttachments(work, [await loadAttachmentRow(work, step)]);
  if (!attachment) throw new AppError("not-found");
  return attachment;
}

/** A page of a patient's files without their bytes, the latest first. */
export async function listAttachments(
  work: Work,
  { limit, cursor, patientId, encounterId }: AttachmentList,
): Promise<Page<Attachment>> {
  const rows = await listAttachmentRows(
    work.connection,
    { tenantId: work.scope.tenantId, patientId, encounterId },
    { after: decodeCursor(cursor, keys), limit: limit + 1 },
  );
  const page = pageFrom(
    rows,
    limit,
    (row) => row,
    ({ uploaded_at_exact, id }) => ({ uploaded_at_exact, id }),
  );
  if (rows.length > 0) work.audit({ action: "attachment.list", entity: "attachment", patientId });
  return { ...page, items: toAttachments(work, page.items) };
}
