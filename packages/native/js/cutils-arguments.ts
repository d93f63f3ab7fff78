// The checks that the front of cutils makes before anything crosses to C: one sentence for every wrong argument.
import { CutilsError } from "./cutils-error.ts";
import { lengthOf, tagOf } from "./typed-array.ts";

/** Throws `bad-argument`: "<name> must be <what>." */
export function badArgument(name: string, what: string): CutilsError {
  return new CutilsError("bad-argument", `${name} must be ${what}.`);
}

/** The length of a Uint8Array (a Buffer too); refuses everything else and one whose memory was transferred away. */
export function byteLength(value: unknown, name: string): number {
  if (tagOf.call(value) !== "Uint8Array") throw badArgument(name, "a Uint8Array");
  const length = lengthOf.call(value);
  if (length === 0 && (value as Uint8Array<ArrayBuffer>).buffer.detached) {
    throw badArgument(name, "a Uint8Array that was not transferred away");
  }
  return length;
}

/** The bytes as C may read them: a copy where another thread could change them meanwhile. */
export function stableBytes(value: Uint8Array, name: string): Uint8Array {
  byteLength(value, name);
  return value.buffer instanceof SharedArrayBuffer ? new Uint8Array(value) : value;
}

/** Throws unless the value is exactly `length` bytes. */
export function requireByteLength(value: Uint8Array, name: string, length: number): void {
  if (byteLength(value, name) !== length) throw badArgument(name, `${length} bytes long`);
}

/** Throws unless the value is a string. */
export function requireString(value: unknown, name: string): asserts value is string {
  if (typeof value !== "string") throw badArgument(name, "a string");
}

/** Throws unless the value is a whole number from 0 to `max`. */
export function requireWhole(value: unknown, name: string, max: number): asserts value is number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > max) {
    throw badArgument(name, `a whole number from 0 to ${max}`);
  }
}

/** Throws unless the value is an array. */
export function requireArray(value: unknown, name: string): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) throw badArgument(name, "an array");
}

/** Throws unless the value is an object. */
export function requireObject(value: unknown, name: string): asserts value is object {
  if (typeof value !== "object" || value === null) throw badArgument(name, "an object");
}
