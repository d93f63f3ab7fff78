import { z } from "zod";
import { text, uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";
import { fileBytesMax, mediaTypeNames } from "./media-type.ts";

/** Four characters of base64 hold three bytes. */
const base64CharsMax = Math.ceil(fileBytesMax / 3) * 4;

export const attachmentUpload = z.strictObject({
  patientId: uuid,
  encounterId: uuid.nullish(),
  fileName: text(200).regex(/^[^/\\]*$/, "A name has no folders."),
  contentBase64: z
    .string()
    .min(1, "The file is empty.")
    .max(base64CharsMax, "A file may have at most 5 MB.")
    .regex(/^[A-Za-z0-9+/]*={0,2}$/, "Use base64."),
});
export type AttachmentUpload = z.infer<typeof attachmentUpload>;

export const attachmentList = pageInput.extend({ patientId: uuid, encounterId: uuid.optional() });
export type AttachmentList = z.infer<typeof attachmentList>;

/** `patientId` is that of the tab the step comes from: another one's file is then refused. */
export const attachmentStep = z.strictObject({ id: uuid, patientId: uuid.optional() });
export type AttachmentStep = z.infer<typeof attachmentStep>;

/** A file of a patient, without its bytes. */
export const attachment = z.object({
  id: z.string(),
  patientId: z.string(),
  encounterId: z.string().nullable(),
  fileName: z.string(),
  mediaType: z.enum(mediaTypeNames),
  sizeBytes: z.number(),
  uploadedByName: z.string(),
  uploadedAt: z.string(),
  removedAt: z.string().nullable(),
});
export type Attachment = z.infer<typeof attachment>;
