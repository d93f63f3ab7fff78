import { addon } from "./addon.ts";
import { Hl7Error } from "./hl7-error.ts";

/** What `binding/hl7val.cc` exports. Numbers in the arrays are described there. */
type Hl7Binding = {
  index(bytes: Uint8Array, out: Uint32Array, at: number): string | boolean | number;
  split(bytes: Uint8Array, out: Uint32Array): number;
  validate(bytes: Uint8Array, profile: 0 | 1, out: Uint32Array): number;
  codes(): [code: string, hl7: number, message: string, hint: string][];
  build(places: Uint32Array, text: string): Buffer | number;
  framer(limit: number): FramerHandle;
  push(framer: FramerHandle, bytes: Uint8Array, frames: Buffer[]): number;
  decode(latin1: string, delimsLow: number, delimsHigh: number, charset: number): string;
  time(latin1: string): number;
};

/** A framer in the addon's memory. */
export type FramerHandle = { readonly framer: unique symbol };

/** The compiled library. */
export const binding = addon.hl7val as Hl7Binding;

/**
 * Refuses everything that is not plain bytes. Shared memory is refused because another thread could change it between
 * the check and the use; a detached buffer because its bytes are gone.
 */
export function checkBytes(bytes: unknown, name = "bytes"): asserts bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array)) throw refuse(name, bytes === null ? "null" : typeof bytes);
  if (!(bytes.buffer instanceof ArrayBuffer)) throw refuse(name, "shared memory");
  if (bytes.buffer.detached) throw refuse(name, "a detached buffer");
}

/** Refuses everything that is not a string. */
export function checkString(value: unknown, name: string): asserts value is string {
  if (typeof value !== "string") {
    throw new Hl7Error("argument-invalid", `Expected string for ${name} but received ${typeof value}.`, { path: name });
  }
}

function refuse(name: string, received: string): Hl7Error {
  return new Hl7Error("argument-invalid", `Expected Uint8Array for ${name} but received ${received}.`, { path: name });
}
