import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { decryptFile } from "../../core/files/file-cipher.ts";
import { openTexts } from "../../core/sealed-text.ts";
import { loadAttachmentRow } from "./attachment.ts";

/** The bytes of a file, checked: one that was changed or exchanged in the store does not open. */
export async function downloadAttachment(ctx: ActorContext, input: { id: string }) {
  const { tenantId } = ctx.scope;
  const { row, texts } = await ctx.work(async (work) => {
    const found = await loadAttachmentRow(work, input);
    work.audit({
      action: "attachment.download",
      entity: "attachment",
      entityId: found.id,
      patientId: found.patient_id,
    });
    const columns = ["file_name_sealed", "file_key_sealed"] as const;
    const [opened] = openTexts(work.platform.keys, { tenantId, table: "attachment" }, columns, [found]);
    return { row: found, texts: opened };
  });
  const name = `${tenantId}/${row.id}`;
  const stored = await ctx.platform.files.read(name);
  if (!stored || !texts?.file_key_sealed)
    throw new AppError("not-found", {
      detail: "The content of this file is not in the store. Tell your administrator.",
    });
  const bytes = decryptFile(stored, Buffer.from(texts.file_key_sealed, "base64"), name);
  return {
    fileName: texts.file_name_sealed ?? "file",
    mediaType: row.media_type,
    contentBase64: bytes.toString("base64"),
  };
}
