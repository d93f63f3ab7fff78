// Values that do not fit the shared buffer: they cross as typed arrays, which costs a little more for each call.
import { stableBytes } from "./cutils-arguments.ts";
import { CutilsError } from "./cutils-error.ts";
import { check, encodeText, native } from "./cutils-native.ts";

const OVERHEAD_BYTES = 34;
const TEXT_BYTES_MAX = 2 ** 30;

/** Seals a text or bytes of any length up to 1 GiB; the row's id is in the buffer already. */
export function sealLarge(
  ring: number,
  column: number,
  rowLen: number,
  text: string | Uint8Array,
): Uint8Array<ArrayBuffer> {
  // UTF-8 has at least as many bytes as the string has units: refused before it is encoded.
  if (text.length > TEXT_BYTES_MAX) throw tooBig();
  const bytes = typeof text === "string" ? encodeText(text) : stableBytes(text, "text");
  if (bytes.length > TEXT_BYTES_MAX) throw tooBig();
  const sealed = new Uint8Array(bytes.length + OVERHEAD_BYTES);
  check(native.sealLarge(ring, column, rowLen, bytes, sealed));
  if (bytes !== text) bytes.fill(0);
  return sealed;
}

/** The way back. */
export function openLarge(ring: number, column: number, rowLen: number, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = stableBytes(sealed, "sealed");
  if (bytes.length > TEXT_BYTES_MAX + OVERHEAD_BYTES) throw tooBig();
  const text = new Uint8Array(bytes.length - OVERHEAD_BYTES);
  check(native.openLarge(ring, column, rowLen, bytes, text));
  return text;
}

function tooBig(): CutilsError {
  return new CutilsError("too-big", "The value is larger than 1 GiB.");
}
