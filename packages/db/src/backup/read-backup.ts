import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract, type Header } from "tar-stream";
import { readManifest } from "./manifest.ts";
import { openSealedFile } from "./sealed-file.ts";
import { type BackupLabel, fileNames } from "./write-backup.ts";

/** Takes one entry of the archive; the body of a file must be read to its end. */
export type EntryTaker = (header: Header, body: AsyncIterable<Uint8Array>) => Promise<void>;

/** The label of a finished backup. @throws Error with a sentence when the folder is none */
export function readLabel(folder: string): BackupLabel {
  const file = join(folder, fileNames.label);
  if (folder.endsWith(".partial") || !existsSync(file)) throw new Error(`${folder} is not a finished backup.`);
  const label = JSON.parse(readFileSync(file, "utf8")) as BackupLabel;
  if (label.format !== 1) throw new Error(`${folder} was written by a newer Infirmary; restore it with that one.`);
  return label;
}

/**
 * Opens a backup and compares every file in it with the server's manifest, while `take` sees each entry.
 * @returns how many files were compared
 * @throws Error that names the first file that is missing, changed or not the server's
 */
export async function readBackup(folder: string, identity: string, take: EntryTaker): Promise<number> {
  readLabel(folder);
  const text = await textOf(await openSealedFile(join(folder, fileNames.manifest), identity));
  const expected = new Map(readManifest(text).map((file) => [file.path, file]));
  const compared = expected.size;
  const entries = extract();
  entries.on("entry", (header, body, next) => {
    const hash = createHash("sha256");
    let size = 0;
    async function* measured() {
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        hash.update(chunk);
        yield chunk;
      }
    }
    take(header, measured()).then(() => {
      body.resume();
      const file = expected.get(header.name);
      expected.delete(header.name);
      // The log is not in the manifest: the server checks every record of it when it replays it.
      if (header.type !== "file" || header.name.startsWith("pg_wal/")) return next();
      if (!file) return next(new Error(`The backup holds ${header.name}, which the server did not send.`));
      if (file.size !== size || file.sha256 !== hash.digest("hex"))
        return next(new Error(`The backup's ${header.name} is not what the server sent.`));
      next();
    }, next);
  });
  await pipeline(await openSealedFile(join(folder, fileNames.archive), identity), entries);
  const [missing] = expected.keys();
  if (missing !== undefined) throw new Error(`The backup lacks ${missing}.`);
  return compared;
}

/** Reads a backup to its end and keeps nothing: whether it could be restored. @returns how many files were compared */
export function checkBackup(folder: string, identity: string): Promise<number> {
  return readBackup(folder, identity, async (_header, body) => {
    for await (const _chunk of body) {
      // Counted and hashed by the reader.
    }
  });
}

async function textOf(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
