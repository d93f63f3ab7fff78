import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { entriesAt, entryBytes, magic } from "./format.ts";

/** Says of passwords whether they are known from breaches. */
export type BreachedPasswords = { has(password: string): Promise<boolean> };

/**
 * The list in a file that `load/breached-passwords.ts` made; without one, an empty list where it need not be there. The file is opened for each question
 * (somebody chooses a password): a new one counts at once.
 * @throws Error where the file is there and cannot be read: then nobody chooses a password until it can
 */
export function breachedPasswordsIn(file: string, { isOptional }: { isOptional: boolean }): BreachedPasswords {
  return {
    async has(password) {
      const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
        if (isOptional && error.code === "ENOENT") return null;
        throw error;
      });
      if (!handle) return false;
      try {
        return await isIn(handle, createHash("sha1").update(password).digest());
      } finally {
        await handle.close();
      }
    },
  };
}

async function isIn(handle: FileHandle, sha1: Buffer): Promise<boolean> {
  const head = await read(handle, 0, magic.length);
  if (!head.equals(magic)) throw new Error("The file of breached passwords is none.");
  const counts = await read(handle, magic.length + sha1.readUInt16BE(0) * 4, 8);
  const [first, end] = [counts.readUInt32LE(0), counts.readUInt32LE(4)];
  if (first === end) return false;
  const entries = await read(handle, entriesAt + first * entryBytes, (end - first) * entryBytes);
  const wanted = sha1.readUIntBE(2, entryBytes);
  let low = 0;
  let high = end - first;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries.readUIntBE(middle * entryBytes, entryBytes) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < end - first && entries.readUIntBE(low * entryBytes, entryBytes) === wanted;
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error("The file of breached passwords is cut off.");
  return buffer;
}
