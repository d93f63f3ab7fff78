import {
  type Attachment,
  type AttachmentUpload,
  fileBytesMax,
  fitsName,
  type MediaType,
  mediaTypeOf,
  mediaTypes,
} from "@infirmary/shared/attachment";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadPatient } from "../patient/index.ts";
import { loadAttachment } from "./attachment.ts";
import { addFile, type Stored, storeBytes } from "./keep-file.ts";
import { isVisitOf } from "./store.ts";

/**
 * Keeps a file of a patient: what it is is read from its bytes, which are encrypted under a key of their own and stored before the row is
 * written, with no transaction waiting for the store. Where the row does not come, what lies in the store has no key and is noise.
 */
export async function uploadAttachment(ctx: ActorContext, input: AttachmentUpload): Promise<Attachment> {
  const bytes = Buffer.from(input.contentBase64, "base64");
  const mediaType = typeOf(bytes, input.fileName);
  await ctx.look((work) => requirePlace(work, input));
  const stored = await storeBytes(ctx.platform.files, ctx.scope.tenantId, bytes);
  return ctx.work((work) => addAttachment(work, input, { ...stored, mediaType }));
}

async function requirePlace(work: Work, { patientId, encounterId }: AttachmentUpload): Promise<void> {
  await loadPatient(work, { id: patientId });
  const { tenantId } = work.scope;
  if (encounterId && !(await isVisitOf(work.connection, { tenantId, id: encounterId, patientId })))
    throw fault("encounterId", "This is no visit of the patient.");
}

async function addAttachment(
  work: Work,
  input: AttachmentUpload,
  { mediaType, ...stored }: Stored & { mediaType: MediaType },
): Promise<Attachment> {
  const { actor } = work.scope;
  if (!actor) throw new AppError("not-signed-in");
  await requirePlace(work, input);
  const { patientId, fileName, encounterId = null } = input;
  await addFile(work, stored, {
    ...{ patientId, encounterId, fileName, mediaType },
    facilityId: actor.facility.id,
    uploadedById: actor.userId,
    at: work.now,
  });
  const { id, sizeBytes } = stored;
  const detail = { mediaType, sizeBytes };
  work.audit({ action: "attachment.upload", entity: "attachment", entityId: id, patientId, after: detail });
  work.emit({ name: "attachment.added", patientId, encounterId, subjectId: id, detail });
  return loadAttachment(work, { id });
}

function typeOf(bytes: Uint8Array, fileName: string): MediaType {
  if (bytes.length > fileBytesMax) throw new AppError("too-large", { detail: "A file may have at most 5 MB." });
  const type = mediaTypeOf(bytes);
  if (!type)
    throw new AppError("unsupported-media-type", {
      detail: `Files may be: ${Object.values(mediaTypes)
        .map(([ending]) => ending)
        .join(", ")}.`,
    });
  if (!fitsName(type, fileName))
    throw fault("fileName", `By its content this is a file of the type ${mediaTypes[type].join(" or ")}.`);
  return type;
}

const fault = (path: string, message: string) => new AppError("validation-failed", { errors: [{ path, message }] });
