import type { MediaType } from "@infirmary/shared/attachment";
import { encryptFile, newFileKey } from "../../core/files/file-cipher.ts";
import { newId } from "../../core/id.ts";
import type { Platform } from "../../core/platform.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { insertAttachment } from "./store.ts";

/** Bytes that lie in the store, and the key without which they are noise. */
export type Stored = { id: string; key: Buffer; sizeBytes: number };

/** Encrypts the bytes under a key of their own and puts them into the store. */
export async function storeBytes(files: Platform["files"], tenantId: string, bytes: Uint8Array): Promise<Stored> {
  const [id, key] = [newId(), newFileKey()];
  const name = `${tenantId}/${id}`;
  await files.write(name, encryptFile(bytes, key, name));
  return { id, key, sizeBytes: bytes.length };
}

type About = {
  patientId: string;
  facilityId: string;
  encounterId: string | null;
  uploadedById: string;
  at: Date;
  fileName: string;
  mediaType: MediaType;
};

/** Writes the row of stored bytes, name and key sealed. */
export async function addFile(
  work: Work,
  { id, key, sizeBytes }: Stored,
  { fileName, ...about }: About,
): Promise<void> {
  const { connection, scope, platform } = work;
  const place = { tenantId: scope.tenantId, table: "attachment", id };
  const fileNameSealed = sealText(platform.keys, place, "file_name_sealed", fileName);
  const fileKeySealed = sealText(platform.keys, place, "file_key_sealed", key.toString("base64"));
  if (!fileNameSealed || !fileKeySealed) throw new Error("A file has a name and a key.");
  await insertAttachment(connection, {
    tenantId: scope.tenantId,
    id,
    fileNameSealed,
    fileKeySealed,
    sizeBytes,
    ...about,
  });
}

/** Both in one: for files that are loaded and not sent. */
export async function keepFile(work: Work, { bytes, ...about }: About & { bytes: Uint8Array }): Promise<void> {
  await addFile(work, await storeBytes(work.platform.files, work.scope.tenantId, bytes), about);
}
