// Invoices: lines of any number are read into the buffer a thousand at a time and reckoned there.
import { BillError } from "./bill-error.ts";
import {
  type Amount,
  check,
  checkCount,
  exclusively,
  layout,
  longs,
  native,
  words,
  writeAmount,
  writeWhole,
} from "./bill-native.ts";
import { type BillStep, makeSteps, readSteps } from "./bill-trail.ts";
import { lengthOf, tagOf } from "./typed-array.ts";

/** A line. Money is minor units; quantities are millionths (2.5 is 2_500_000); rates are parts per million (8.875 % is 88_750). */
export interface BillLine {
  /** Negative for a reversal. */
  readonly quantityMicros: number;
  readonly priceMinor: Amount;
  /** What the price is for: 125 for 100_000_000 is 1.25 per 100. One (1_000_000) where it is not given. */
  readonly pricePerMicros?: number | undefined;
  /** Of the gross, 0 to 1_000_000. */
  readonly discountPpm?: number | undefined;
  /** Taken off after that, not negative. */
  readonly discountMinor?: Amount | undefined;
  /** 0 to 1_000_000. */
  readonly taxPpm?: number | undefined;
  /** The price has the tax in it. */
  readonly taxIncluded?: boolean | undefined;
}

export interface InvoiceOptions {
  /** `line` (the usual): each line's tax is rounded. `rate`: each rate's, once, and the lines add up to it. */
  readonly taxRounding?: "line" | "rate";
  /** Keep what each line comes to. */
  readonly perLine?: boolean;
  /** Keep how each number came about. */
  readonly trail?: boolean;
}

/** What a line or an invoice comes to. net + tax = total, always. */
export interface BillSums {
  readonly grossMinor: bigint;
  readonly discountMinor: bigint;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
}

/** What one rate comes to. */
export interface BillTax {
  readonly taxPpm: number;
  readonly taxIncluded: boolean;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
}

export interface Invoice extends BillSums {
  /** In the order in which they first came; they add up to net and tax. */
  readonly rates: readonly BillTax[];
  /** With `perLine`. */
  readonly lines: LineSums | undefined;
  /** With `trail`. */
  readonly trail: readonly BillStep[] | undefined;
}

const LINE_WORDS = 12;
const CHARGE_WORDS = 4;
const SUM_LONGS = 5;
const RATES_AT = layout.invoiceAt + 56;
const RATE_BYTES = 24;
const STEPS_PER_LINE_MAX = 8;
const WANTS_SUMS = 1;
const WANTS_TRAIL = 2;

/** What each line comes to, packed: gross, discount, net, tax and total, one line after the other. */
export class LineSums {
  readonly packed: BigInt64Array<ArrayBuffer>;

  constructor(packed: BigInt64Array<ArrayBuffer>) {
    this.packed = packed;
  }

  get length(): number {
    return this.packed.length / SUM_LONGS;
  }

  /** The sums of line i; undefined where there is none. */
  at(i: number): BillSums | undefined {
    if (!(i >= 0 && i < this.length && Number.isInteger(i))) return undefined;
    return readSums(this.packed, i * SUM_LONGS);
  }
}

/**
 * Reckons an invoice. Lines are objects, or plain lines packed four numbers each: quantityMicros, priceMinor, discountPpm,
 * taxPpm. Throws `bad-argument`, `out-of-range`, `overflow`, `discount-too-large` and `too-many-rates`, with the
 * number of the line.
 */
export function invoice(lines: readonly BillLine[] | Int32Array, options: InvoiceOptions = {}): Invoice {
  const charges = packedCharges(lines);
  if (!charges && !Array.isArray(lines)) throw new BillError("bad-argument", "lines must be an array.");
  if (typeof options !== "object" || options === null)
    throw new BillError("bad-argument", "options must be an object.");
  return exclusively(() => {
    const { taxRounding = "line", perLine = false, trail = false } = options;
    if (taxRounding !== "line" && taxRounding !== "rate") {
      throw new BillError("bad-argument", 'taxRounding must be "line" or "rate".');
    }
    const count = charges ? charges.length / CHARGE_WORDS : lines.length;
    checkCount(count);
    if (charges && trail) throw new BillError("bad-argument", "Packed lines leave no trail: give objects.");
    const packed = perLine ? new BigInt64Array(count * SUM_LONGS) : undefined;
    const steps = trail ? makeSteps(layout.linesMax * STEPS_PER_LINE_MAX) : undefined;
    const trails: BillStep[][] = [];
    const wants = (packed ? WANTS_SUMS : 0) | (steps ? WANTS_TRAIL : 0);
    check(native.invoiceStart(taxRounding === "rate" ? 1 : 0));
    for (let start = 0, part = 0; start < count; start += part) {
      const most = Math.min(count - start, layout.linesMax);
      if (charges) part = copyCharges(charges, start, most);
      else part = steps ? 0 : readCharges(lines as readonly BillLine[], start, most);
      let code: number;
      if (part > 0) {
        code = native.invoiceAddCharges(part, wants);
      } else {
        part = most;
        readLines(lines as readonly BillLine[], start, part);
        code = native.invoiceAdd(part, wants, steps);
      }
      if (code !== 0) check(code, start + Number(longs[layout.failedAt >> 3]));
      const sumsAt = layout.sumsAt >> 3;
      if (packed) packed.set(longs.subarray(sumsAt, sumsAt + part * SUM_LONGS), start * SUM_LONGS);
      if (steps) trails.push(readSteps(steps, Number(longs[layout.stepsAt >> 3])));
    }
    const { grossMinor, discountMinor, netMinor, taxMinor, totalMinor } = readSums(longs, (layout.invoiceAt >> 3) + 2);
    const kept = { lines: packed && new LineSums(packed), trail: steps && trails.flat() };
    return { grossMinor, discountMinor, netMinor, taxMinor, totalMinor, rates: readRates(), ...kept };
  });
}

/**
 * Reads plain lines, the usual ones, four numbers each, up to the first that is not plain; how many. Nothing is refused here:
 * {@link readLines} reads that one again and says what is wrong with it.
 */
function readCharges(lines: readonly BillLine[], start: number, count: number): number {
  let at = layout.linesAt >> 2;
  let i = 0;
  for (; i < count; i++, at += CHARGE_WORDS) {
    const line = lines[start + i];
    if (typeof line !== "object" || line === null) break;
    const { quantityMicros, priceMinor, pricePerMicros, discountMinor, discountPpm, taxPpm, taxIncluded } = line;
    if (pricePerMicros !== undefined || discountMinor !== undefined || taxIncluded !== undefined) break;
    const discount = discountPpm === undefined ? 0 : discountPpm;
    const tax = taxPpm === undefined ? 0 : taxPpm;
    if (!isSmall(quantityMicros) || !isSmall(priceMinor) || !isSmall(discount) || !isSmall(tax)) break;
    if (discount >>> 0 > 1_000_000 || tax >>> 0 > 1_000_000) break;
    words[at] = quantityMicros;
    words[at + 1] = priceMinor;
    words[at + 2] = discount;
    words[at + 3] = tax;
  }
  markWritten(i);
  return i;
}

/** Lines that came packed; undefined for any others. */
function packedCharges(lines: unknown): Int32Array | undefined {
  if (tagOf.call(lines) !== "Int32Array") return undefined;
  const packed = lines as Int32Array;
  const length = lengthOf.call(packed);
  if (length === 0 && (packed.buffer as ArrayBuffer).detached) {
    throw new BillError("bad-argument", "The lines were transferred away.");
  }
  if (length % CHARGE_WORDS !== 0) throw new BillError("bad-argument", "Packed lines are four numbers each.");
  checkCount(length / CHARGE_WORDS);
  // A copy: whatever a subclass says of itself, and whoever shares its memory, these are the numbers.
  const copy = new Int32Array(packed);
  return copy;
}

function copyCharges(charges: Int32Array, start: number, count: number): number {
  words.set(charges.subarray(start * CHARGE_WORDS, (start + count) * CHARGE_WORDS), layout.linesAt >> 2);
  markWritten(count);
  return count;
}

/** So many charges lie where lines will be written next. */
function markWritten(charges: number): void {
  extrasEnd = Math.max(extrasEnd, Math.ceil((charges * CHARGE_WORDS) / LINE_WORDS));
}

function isSmall(value: unknown): value is number {
  return typeof value === "number" && (value | 0) === value;
}

/** Lines from this number on have nothing but zeros in the buffer for what most lines do without. */
let extrasEnd = 0;

function readLines(lines: readonly BillLine[], start: number, count: number): void {
  const first = layout.linesAt >> 2;
  let isPlain = true;
  for (let i = 0, at = first; i < count; i++, at += LINE_WORDS) {
    const line = lines[start + i];
    if (typeof line !== "object" || line === null) throw wrong("is no object", start + i);
    const {
      quantityMicros,
      priceMinor,
      pricePerMicros,
      discountMinor,
      discountPpm = 0,
      taxPpm = 0,
      taxIncluded,
    } = line;
    if (!writeWhole(quantityMicros, at)) throw wrong("quantityMicros must be a safe integer", start + i);
    if (!writeAmount(priceMinor, at + 2)) throw wrong("priceMinor must be a whole number of 64 bits", start + i);
    if (!isRate(discountPpm)) throw wrong("discountPpm must be a whole number from 0 to 1000000", start + i);
    if (!isRate(taxPpm)) throw wrong("taxPpm must be a whole number from 0 to 1000000", start + i);
    words[at + 8] = discountPpm;
    words[at + 9] = taxPpm;
    if (pricePerMicros !== undefined || discountMinor !== undefined || taxIncluded !== undefined) {
      isPlain = false;
      extrasEnd = Math.max(extrasEnd, i + 1);
      const fault = writeExtras(at, pricePerMicros, discountMinor, taxIncluded);
      if (fault !== undefined) throw wrong(fault, start + i);
    } else if (i < extrasEnd) {
      writeExtras(at);
    }
  }
  if (isPlain && count >= extrasEnd) extrasEnd = 0;
}

/** Writes what most lines do without; what is wrong with it, or undefined. */
function writeExtras(
  at: number,
  pricePerMicros = 1_000_000,
  discountMinor: Amount = 0,
  taxIncluded = false,
): string | undefined {
  if (pricePerMicros === 0 || !writeWhole(pricePerMicros, at + 4))
    return "pricePerMicros must be a safe integer above 0";
  if (!writeAmount(discountMinor, at + 6)) return "discountMinor must be a whole number of 64 bits";
  if (typeof taxIncluded !== "boolean") return "taxIncluded must be true or false";
  words[at + 10] = taxIncluded ? 1 : 0;
  return undefined;
}

function isRate(value: unknown): value is number {
  return typeof value === "number" && value >>> 0 === value && value <= 1_000_000;
}

function wrong(what: string, line: number): BillError {
  return new BillError("bad-argument", `${what}.`, line);
}

function readSums(from: BigInt64Array, at: number): BillSums {
  return {
    grossMinor: from[at] as bigint,
    discountMinor: from[at + 1] as bigint,
    netMinor: from[at + 2] as bigint,
    taxMinor: from[at + 3] as bigint,
    totalMinor: from[at + 4] as bigint,
  };
}

function readRates(): BillTax[] {
  const count = words[(layout.invoiceAt >> 2) + 1] as number;
  const rates: BillTax[] = [];
  for (let i = 0; i < count; i++) {
    const at = RATES_AT + i * RATE_BYTES;
    rates.push({
      taxPpm: words[at >> 2] as number,
      taxIncluded: words[(at >> 2) + 1] === 1,
      netMinor: longs[(at >> 3) + 1] as bigint,
      taxMinor: longs[(at >> 3) + 2] as bigint,
    });
  }
  return rates;
}
