import { createHash } from "node:crypto";
import { closeSync, createReadStream, createWriteStream, fsyncSync, openSync } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { createGunzip, createGzip } from "node:zlib";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

/** A new key pair's secret half, in age's own notation: AGE-SECRET-KEY-1… */
export const newIdentity = (): Promise<string> => generateX25519Identity();

/** The public half: age1… @throws Error when it is no identity */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);

/** What was written: its size and SHA-256, as they lie on the disk. */
export interface WrittenFile {
  bytes: number;
  sha256: string;
}

/**
 * Compresses and encrypts a stream into a new file in the age format (age-encryption.org/v1), for the owner of the
 * recipient's identity alone: who makes backups need not be able to read them. The file is on the disk when this
 * returns.
 * @throws Error of the file system, EEXIST included, or of the source
 */
export async function sealFile(
  path: string,
  recipient: string,
  source: AsyncIterable<Uint8Array>,
): Promise<WrittenFile> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const compressed = Readable.from(source, { objectMode: false }).pipe(createGzip({ level: 1 }));
  const sealed = await encrypter.encrypt(
    Readable.toWeb(compressed) as unknown as globalThis.ReadableStream<Uint8Array>,
  );
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(fromWeb(sealed), measure, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  sync(path);
  return { bytes, sha256: hash.digest("hex") };
}

/**
 * What `sealFile` was given.
 * @throws Error when the identity is another one or a byte of the file was changed; what came before was right
 */
export async function openSealedFile(path: string, identity: string): Promise<Readable> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const file = Readable.toWeb(createReadStream(path)) as unknown as globalThis.ReadableStream<Uint8Array>;
  const gunzip = createGunzip();
  const opened = fromWeb(await decrypter.decrypt(file));
  opened.once("error", (error) => gunzip.destroy(error));
  return opened.pipe(gunzip);
}

function fromWeb(stream: globalThis.ReadableStream<Uint8Array>): Readable {
  return Readable.fromWeb(stream as unknown as ReadableStream);
}

/** Waits until a file, or a folder's list of files, is on the disk. */
export function sync(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
