import { createReadStream } from "node:fs";
import { open, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { entriesAt, entryBytes, magic, prefixes } from "./format.ts";

/** A line that is none, or out of order. */
export class ListError extends Error {
  override name = "ListError";
}

const chunkEntries = 100_000;

/**
 * Writes the list from Have I Been Pwned's SHA-1 hashes ordered by hash: one file of `HASH:COUNT` lines, or a folder of ranges (files named by five digits
 * of the hash, lines `REST:COUNT`). Passwords seen less often than `seenMin` are left out. It takes the place of `to` when it is whole.
 * @returns how many were taken
 * @throws ListError that names file and line
 */
export async function writeList(from: string, to: string, { seenMin }: { seenMin: number }): Promise<number> {
  const part = `${to}.part`;
  const handle = await open(part, "w", 0o644);
  const counts = new Uint32Array(prefixes + 1);
  let total = 0;
  let chunk: Buffer = Buffer.alloc(chunkEntries * entryBytes);
  let filled = 0;
  const flush = async () => {
    await handle.write(chunk, 0, filled * entryBytes, entriesAt + (total - filled) * entryBytes);
    chunk = Buffer.alloc(chunkEntries * entryBytes);
    filled = 0;
  };
  try {
    for await (const sha1 of hashesIn(from, seenMin)) {
      const prefix = Number.parseInt(sha1.slice(0, 4), 16);
      counts[prefix + 1] = (counts[prefix + 1] ?? 0) + 1;
      chunk.write(sha1.slice(4, 4 + entryBytes * 2), filled * entryBytes, "hex");
      filled++;
      total++;
      if (filled === chunkEntries) await flush();
    }
    await flush();
    const index = Buffer.alloc((prefixes + 1) * 4);
    let sum = 0;
    for (let prefix = 0; prefix <= prefixes; prefix++) {
      sum += counts[prefix] ?? 0;
      index.writeUInt32LE(sum, prefix * 4);
    }
    await handle.write(Buffer.concat([magic, index]), 0, entriesAt, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, to);
  return total;
}

/** The hashes in ascending order, each once, in upper case. */
async function* hashesIn(from: string, seenMin: number): AsyncGenerator<string> {
  let last = "";
  for (const { path, prefix } of await filesOf(from)) {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      line++;
      if (text === "") continue;
      const [, rest, seen] = /^([0-9A-Fa-f]{35}|[0-9A-Fa-f]{40})(?::(\d+))?$/.exec(text) ?? [];
      const hash = `${prefix}${rest ?? ""}`.toUpperCase();
      if (hash.length !== 40) throw new ListError(`${path}, line ${line}: this is no SHA-1 hash with its count.`);
      if (hash < last)
        throw new ListError(`${path}, line ${line}: not in the order of the hashes. Take the list ordered by hash.`);
      // A range is padded with hashes that nobody used: they have a count of 0.
      if (hash === last || Number(seen ?? 1) < Math.max(1, seenMin)) continue;
      last = hash;
      yield hash;
    }
  }
}

async function filesOf(from: string): Promise<{ path: string; prefix: string }[]> {
  if (!(await stat(from)).isDirectory()) return [{ path: from, prefix: "" }];
  const names = (await readdir(from)).filter((name) => /^[0-9A-F]{5}(\.txt)?$/i.test(name));
  if (names.length === 0) throw new ListError(`${from} holds no ranges: files named by five digits of the hash.`);
  return names
    .map((name) => ({ path: join(from, name), prefix: name.slice(0, 5).toUpperCase() }))
    .sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
}
