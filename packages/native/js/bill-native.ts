// The C side of bill as JavaScript sees it, the buffer both write to, and how numbers get into it. Private to js/bill*.ts.
import { addon } from "./addon.ts";
import { BillError, type BillErrorCode } from "./bill-error.ts";

/** 0 where it went well, a negative code where not. See binding/bill-*.cc for each one's arguments. */
interface Native {
  invoiceStart(rounding: number): number;
  invoiceAdd(count: number, wants: number, steps: BigInt64Array | undefined): number;
  invoiceAddCharges(count: number, wants: number): number;
  allocate(how: number, weights: BigInt64Array, shares: BigInt64Array, steps: BigInt64Array | undefined): number;
  parse(text: string, digits: number): number;
  format(digits: number): string | undefined;
  stepHolds(step: BigInt64Array): number;
  baseRate(): number;
  drgPay(table: number, code: string, day: number, days: number, leaving: number, steps: BigInt64Array): number;
  adjudicate(
    coverageCount: number,
    charges: BigInt64Array,
    coverages: BigInt64Array,
    benefits: BigInt64Array,
    outcomes: BigInt64Array,
    patient: BigInt64Array,
    steps: BigInt64Array | undefined,
  ): number;
  tableNew(kind: number): number;
  tableFree(table: number): number;
  tableLoad(table: number, bytes: Uint8Array, from: number, to: number): number;
  tableLoadLater(table: number, bytes: Uint8Array, from: number, to: number): Promise<number> | number;
  tableMessage(): string;
  tableCount(table: number): number;
  find(table: number, code: string, day: number): object | undefined;
  readonly codes: readonly BillErrorCode[];
  readonly whats: readonly string[];
  readonly hows: readonly string[];
  readonly scratch: ArrayBuffer;
  readonly layout: {
    readonly invoiceAt: number;
    readonly failedAt: number;
    readonly stepsAt: number;
    readonly amountAt: number;
    readonly leftAt: number;
    readonly termsAt: number;
    readonly caseAt: number;
    readonly paidAt: number;
    readonly errorLineAt: number;
    readonly linesAt: number;
    readonly linesMax: number;
    readonly sumsAt: number;
  };
}

export const native = addon.bill as Native;
export const layout = native.layout;
/** The buffer in numbers of 32 and of 64 bits. */
export const words = new Int32Array(native.scratch);
export const longs = new BigInt64Array(native.scratch);

/** An amount: a whole number of minor units. A number must be a safe integer, a bigint fit 64 bits. */
export type Amount = bigint | number;

const ITEMS_MAX = 1_000_000;
const TWO_32 = 2 ** 32;

/** While the caller's objects are read: a getter in them that reckons something itself would overwrite what was read. */
let isReading = false;

/** Runs what reads the caller's objects into the buffer. Throws `re-entered` when that already goes on. */
export function exclusively<T>(work: () => T): T {
  if (isReading) throw new BillError("re-entered", "Nothing can be reckoned while arguments are being read.");
  isReading = true;
  try {
    return work();
  } finally {
    isReading = false;
  }
}

/** Writes a whole number as 64 bits at a place counted in words of 32. False for what is no safe integer. */
export function writeWhole(value: unknown, at: number): boolean {
  if (typeof value !== "number") return false;
  const low = value | 0;
  if (low === value) {
    words[at] = low;
    words[at + 1] = low >> 31;
    return true;
  }
  if (!Number.isSafeInteger(value)) return false;
  words[at] = value;
  words[at + 1] = Math.floor(value / TWO_32);
  return true;
}

/**
 * Writes an amount the same way. A bigint is written cut to 64 bits and read back: the quickest way to see that it fits.
 * (The least of 64 bits, which is no amount, is refused by C.)
 */
export function writeAmount(value: unknown, at: number): boolean {
  if (typeof value !== "bigint") return writeWhole(value, at);
  longs[at >> 1] = value;
  return longs[at >> 1] === value;
}

/** Throws `too-big` for more lines, weights or balances than one call takes. */
export function checkCount(count: number): void {
  if (count > ITEMS_MAX) throw new BillError("too-big", `One call takes at most ${ITEMS_MAX} of them.`);
}

/** Writes an amount or throws `bad-argument` by its name. */
export function requireAmount(value: unknown, at: number, name: string, line?: number): void {
  if (!writeAmount(value, at)) throw new BillError("bad-argument", `${name} must be a whole number of 64 bits.`, line);
}

/** A whole number from 0 to `max`, or `bad-argument` by its name. */
export function requireWhole(value: unknown, max: number, name: string, line?: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new BillError("bad-argument", `${name} must be a whole number from 0 to ${max}.`, line);
}

/** The number of a choice in a list, or `bad-argument` by its name. */
export function requireChoice(value: unknown, choices: readonly string[], name: string, line?: number): number {
  const number = choices.indexOf(value as string);
  if (number >= 0) return number;
  throw new BillError("bad-argument", `${name} must be one of ${choices.join(", ")}.`, line);
}

/** An object, or `bad-argument` by its name. */
export function requireObject(value: unknown, name: string, line?: number): asserts value is object {
  if (typeof value !== "object" || value === null) {
    throw new BillError("bad-argument", `${name} must be an object.`, line);
  }
}

/** Throws the error for a code that is not 0. */
export function check(code: number, line?: number): void {
  if (code === 0) return;
  const name = native.codes[-code] ?? "bad-argument";
  throw new BillError(name, messages[name] ?? "The argument is not what it should be.", line);
}

const messages: Partial<Record<BillErrorCode, string>> = {
  "out-of-range": "A number is outside its range.",
  overflow: "The result does not fit 64 bits.",
  "discount-too-large": "The discount is larger than what it is taken off.",
  "too-many-rates": "An invoice has at most 16 different tax rates.",
  "no-weights": "There is nothing to allocate over.",
  "not-a-number": "The text is no decimal number.",
  "too-precise": "The number has more decimals than there is room for.",
  "out-of-memory": "Memory is not available.",
  "not-found": "There is no row of this code on this day.",
  ungroupable: "A DRG of weight 0 must not be billed.",
  "incomplete-row": "The row does not say the length of stay or the transfer policy that this payment needs.",
};
