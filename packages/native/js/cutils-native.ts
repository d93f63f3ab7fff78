// The C side of cutils as JavaScript sees it, the buffer both write to, and how text gets into it. Private to
// js/cutils*.ts: whoever could write to this buffer could change what is sealed.
import { addon } from "./addon.ts";
import { byteLength } from "./cutils-arguments.ts";
import { CutilsError, type CutilsErrorCode } from "./cutils-error.ts";

/** Lengths and ids where it went well, a negative code where not. See binding/cutils.cc for each one's arguments. */
interface Native {
  ringNew(count: number): number;
  ringFree(ring: number): number;
  ringRotate(ring: number, id: number): number;
  ringDestroyKey(ring: number, id: number): number;
  makeColumn(ring: number, tenantLen: number, tableLen: number, columnLen: number): number;
  makeField(ring: number, tenantLen: number, fieldLen: number): number;
  forget(ring: number): number;
  seal(ring: number, column: number, rowLen: number, textLen: number): number;
  open(ring: number, column: number, rowLen: number, sealedLen: number): number | string;
  openBytes(ring: number, column: number, rowLen: number, sealedLen: number): number;
  sealLarge(ring: number, column: number, rowLen: number, text: Uint8Array, out: Uint8Array): number;
  openLarge(ring: number, column: number, rowLen: number, sealed: Uint8Array, out: Uint8Array): number;
  sealMany(ring: number, count: number): number;
  openMany(ring: number, count: number): number | string;
  token(ring: number, field: number, valueLen: number): number;
  tokenHex(ring: number, field: number, valueLen: number): number | string;
  sha256(len: number): number;
  sha256Hex(len: number): number | string;
  sha256Large(bytes: Uint8Array): number;
  equal(a: Uint8Array, b: Uint8Array): number;
  merkleLeaf(bytes: Uint8Array): number;
  merkleRoot(leaves: Uint8Array): number;
  merkleInclusion(leaves: Uint8Array, index: number): number;
  merkleConsistency(leaves: Uint8Array, oldCount: number): number;
  merkleVerifyInclusion(leaf: Uint8Array, index: number, count: number, proof: Uint8Array, root: Uint8Array): number;
  merkleVerifyConsistency(
    oldCount: number,
    count: number,
    proof: Uint8Array,
    oldRoot: Uint8Array,
    root: Uint8Array,
  ): number;
  codeName(code: number): string;
  readonly scratch: ArrayBuffer;
  readonly layout: {
    readonly namesAt: number;
    readonly rowAt: number;
    readonly inAt: number;
    readonly outAt: number;
    readonly inBytes: number;
    readonly batchAt: number;
    readonly batchMax: number;
    readonly scratchBytes: number;
  };
}

export const native = addon.cutils as Native;
export const layout = native.layout;
export const scratch = new Uint8Array(native.scratch);
export const scratchWords = new Uint32Array(native.scratch);

const scratchBuffer = Buffer.from(native.scratch);
/** Up to so many units a loop in JavaScript beats a call into the engine. */
const LOOP_UNITS_MAX = 24;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The input does not fit where it should go: the caller takes the way for large values, or refuses. */
export const TOO_LONG = -1;

/**
 * Writes text as UTF-8 into the buffer at `at` and returns its length in bytes, TOO_LONG when that is over `max`.
 * Throws `bad-argument` for a lone surrogate, which has no UTF-8: replacing it would change what is stored.
 */
export function writeText(text: string, at: number, max: number): number {
  const length = text.length;
  if (length > max) return TOO_LONG;
  if (length <= LOOP_UNITS_MAX) {
    let i = 0;
    for (; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) break;
      scratch[at + i] = unit;
    }
    if (i === length) return length;
  } else if (scratchBuffer.write(text, at, max) === length) {
    return length; // as many bytes as units: all of it is ASCII
  }
  requireWellFormed(text);
  const { read, written } = encoder.encodeInto(text, scratch.subarray(at, at + max));
  return read === length ? written : TOO_LONG;
}

/** As writeText, for a Uint8Array or a string. Throws `bad-argument` for anything else. */
export function writeInput(value: string | Uint8Array, name: string, at: number, max: number): number {
  if (typeof value === "string") return writeText(value, at, max);
  return writeBytes(value, name, at, max);
}

/** As writeInput, for bytes only. */
export function writeBytes(value: Uint8Array, name: string, at: number, max: number): number {
  const length = byteLength(value, name);
  if (length > max) return TOO_LONG;
  scratch.set(value, at);
  return length;
}

/** UTF-8 of any length, in memory of its own. Throws as writeText does. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  requireWellFormed(text);
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, which are wiped. Throws `not-text` when they are none. */
export function decodeAndWipe(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new CutilsError("not-text", "The value is not UTF-8 text; openBytes gives its bytes.");
  } finally {
    bytes.fill(0);
  }
}

/** A copy of `length` bytes of the buffer. */
export function readBytes(at: number, length: number): Uint8Array<ArrayBuffer> {
  return scratch.slice(at, at + length);
}

/** Overwrites a part of the buffer that held something secret. */
export function wipe(at: number, length: number): void {
  scratch.fill(0, at, at + length);
}

/** Passes a length or id on; throws the error of a negative code. */
export function check(result: number): number {
  if (result < 0) throw failure(result);
  return result;
}

/** The error of a negative code; `index` says which item of a batch. */
export function failure(code: number, index?: number): CutilsError {
  const name = native.codeName(code) as CutilsErrorCode;
  const message = messages[name] ?? "The call failed.";
  return new CutilsError(name, index === undefined ? message : `Item ${index}: ${message}`, index);
}

const messages: Partial<Record<CutilsErrorCode, string>> = {
  "bad-argument": "An argument is outside its range.",
  "too-big": "The value is larger than 1 GiB.",
  "malformed-envelope": "These bytes are no sealed value.",
  "unknown-key": "No key of this number is in the ring.",
  "key-destroyed": "The key was destroyed, and with it what it sealed.",
  "open-failed": "The value does not open here.",
  "no-active-key": "The ring has no active key to seal with.",
  "key-exhausted": "The active key sealed as many values as one key may: rotate it.",
  "bad-keys": "A ring takes at most 256 keys, each number once and one active.",
  "out-of-memory": "There is not enough memory.",
  "crypto-failed": "OpenSSL failed or the system gave no random bytes.",
};

function requireWellFormed(text: string): void {
  if (!text.isWellFormed()) throw new CutilsError("bad-argument", "Text must not hold half of a surrogate pair.");
}
