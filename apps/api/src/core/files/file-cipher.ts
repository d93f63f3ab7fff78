import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const [algorithm, nonceBytes, tagBytes] = ["aes-256-gcm", 12, 16] as const;

/** A key for one file, used once: 32 bytes. */
export const newFileKey = () => randomBytes(32);

/** AES-256-GCM: nonce, tag, ciphertext. @param name bound to the bytes, so that one file cannot be put in another's place */
export function encryptFile(bytes: Uint8Array, key: Uint8Array, name: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** The bytes again. @throws Error where one bit, the key or the name is another */
export function decryptFile(stored: Uint8Array, key: Uint8Array, name: string): Buffer {
  if (stored.length < nonceBytes + tagBytes) throw new Error("The stored file is cut short.");
  const [nonce, tag] = [stored.subarray(0, nonceBytes), stored.subarray(nonceBytes, nonceBytes + tagBytes)];
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(name)).setAuthTag(tag);
  return Buffer.concat([decipher.update(stored.subarray(nonceBytes + tagBytes)), decipher.final()]);
}
