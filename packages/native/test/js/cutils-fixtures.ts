// What the cutils tests share: a ring, a place, and catching an error to look at.
import { type CutilsError, cutils, type Place, type RingKey } from "../../js/index.ts";

export const keyOf = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

export const place: Place = { tenant: "clinic-north", table: "patient", column: "ssn", row: "r1" };

export function makeRing(
  keys: readonly RingKey[] = [{ id: 1, key: keyOf(0x11), state: "active" }],
  indexKey: Uint8Array = keyOf(0x44),
): cutils.KeyRing {
  return new cutils.KeyRing({ keys, indexKey });
}

/** The error that the work throws; the test fails when it throws none, or one that is not ours. */
export function errorOf(work: () => unknown): CutilsError {
  try {
    work();
  } catch (error) {
    if (error instanceof cutils.CutilsError) return error;
    throw error;
  }
  throw new Error("expected a CutilsError, but nothing was thrown");
}

export const codeOf = (work: () => unknown): string => errorOf(work).code;
