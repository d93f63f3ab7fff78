import { binding, checkBytes } from "./hl7-binding.ts";
import { Hl7Error } from "./hl7-error.ts";

/** What a run of lines in a file is, in the order of hl7val_part_kind. */
const kinds = ["message", "FHS", "BHS", "BTS", "FTS", "stray"] as const;

/** A part of a file: a message, a line of the envelope, or lines that belong to nothing. */
export type Hl7Part = { kind: (typeof kinds)[number]; offset: number; length: number; line: number };

/** All parts of a file of at most 64 MiB, in order. */
export function splitParts(bytes: Uint8Array): Hl7Part[] {
  checkBytes(bytes);
  let out = new Uint32Array(256);
  let count = binding.split(bytes, out);
  if (count < 0) throw new Hl7Error("file-too-big", "The file is larger than 64 MiB.");
  if (count * 4 > out.length) {
    out = new Uint32Array(count * 4);
    count = binding.split(bytes, out);
  }
  return Array.from({ length: count }, (_, i) => ({
    kind: kinds[out[i * 4] ?? 5] ?? "stray",
    offset: out[i * 4 + 1] ?? 0,
    length: out[i * 4 + 2] ?? 0,
    line: out[i * 4 + 3] ?? 0,
  }));
}

/** Where the messages of a file, batch or stream are. Byte order mark, frame bytes and envelope are left out. */
export function split(bytes: Uint8Array): { offset: number; length: number }[] {
  return splitParts(bytes)
    .filter((part) => part.kind === "message")
    .map(({ offset, length }) => ({ offset, length }));
}
