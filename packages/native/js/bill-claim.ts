// Adjudication: what each coverage pays of a claim, and what is left to the patient.
import { BillError } from "./bill-error.ts";
import {
  type Amount,
  check,
  checkCount,
  exclusively,
  layout,
  longs,
  native,
  requireAmount,
  requireChoice,
  requireObject,
  requireWhole,
} from "./bill-native.ts";
import { type BillStep, makeSteps, readSteps } from "./bill-trail.ts";

/** A coverage; the first of a claim is the primary. */
export interface Coverage {
  readonly deductibleLeftMinor: Amount;
  /** Not given: there is no maximum. */
  readonly outOfPocketLeftMinor?: Amount | undefined;
  readonly costOrder?: "deductible-first" | "copay-first";
  /** How it pays beside those before it: what they leave, non-duplication, or its terms on what they did not pay. */
  readonly coordination?: "standard" | "carve-out" | "maintenance";
}

/** What one coverage grants for one line. */
export interface Benefit {
  readonly covered?: "yes" | "not-covered" | "not-billable";
  /** Needed where it is covered. */
  readonly allowedMinor?: Amount;
  readonly copayMinor?: Amount;
  /** The patient's part. */
  readonly coinsurancePpm?: number;
  /** Preventive care is free of it. */
  readonly isFreeOfDeductible?: boolean;
  /** What the patient bears neither counts towards the maximum nor is limited by it. */
  readonly isOutsideMaximum?: boolean;
}

export interface ClaimLine {
  readonly chargeMinor: Amount;
  /** One for each coverage, in their order. */
  readonly benefits: readonly Benefit[];
}

/** A line by one coverage: charge = the sum of all of these. */
export interface Outcome {
  readonly adjustmentMinor: bigint;
  readonly notCoveredMinor: bigint;
  readonly deductibleMinor: bigint;
  readonly copayMinor: bigint;
  readonly coinsuranceMinor: bigint;
  readonly paidMinor: bigint;
  /** What it need not pay because others do. */
  readonly savedMinor: bigint;
}

export interface Adjudication {
  readonly lines: readonly { readonly outcomes: readonly Outcome[]; readonly patientMinor: bigint }[];
  /** What is left of each coverage afterwards. */
  readonly coverages: readonly {
    readonly deductibleLeftMinor: bigint;
    readonly outOfPocketLeftMinor: bigint | undefined;
  }[];
  /** With `trail`. */
  readonly trail: readonly BillStep[] | undefined;
}

const COVERAGES_MAX = 4;
const UNLIMITED = 2n ** 63n - 1n;
const COST_ORDERS = ["deductible-first", "copay-first"];
const COORDINATIONS = ["standard", "carve-out", "maintenance"];
const COVERED = ["yes", "not-covered", "not-billable"];
const NO_DEDUCTIBLE = 4;
const NO_MAXIMUM = 8;
const STEPS_MAX = 16;
const OUTCOME_LONGS = 7;

/**
 * Adjudicates a claim under one to four coverages. Throws `bad-argument` and `out-of-range` with the line, `overflow`, `too-big`.
 * include/bill.h says how deductible, copay, coinsurance and maximum follow each other.
 */
export function adjudicate(
  lines: readonly ClaimLine[],
  coverages: readonly Coverage[],
  options: { readonly trail?: boolean } = {},
): Adjudication {
  if (!Array.isArray(lines)) throw new BillError("bad-argument", "lines must be an array.");
  if (!Array.isArray(coverages) || coverages.length < 1 || coverages.length > COVERAGES_MAX) {
    throw new BillError("bad-argument", "coverages must be an array of one to four.");
  }
  return exclusively(() => {
    const width = coverages.length;
    const count = lines.length;
    checkCount(count * width);
    const packed = coverages.flatMap(packCoverage);
    const charges = new BigInt64Array(count);
    const benefits = new BigInt64Array(3 * count * width);
    for (let i = 0; i < count; i++) charges[i] = readLine(lines[i], i, width, benefits, count);
    const used = BigInt64Array.from(packed);
    const outcomes = new BigInt64Array(OUTCOME_LONGS * count * width);
    const patient = new BigInt64Array(count);
    const steps = options?.trail ? makeSteps(STEPS_MAX * count * width) : undefined;
    const code = native.adjudicate(width, charges, used, benefits, outcomes, patient, steps);
    const failed = Number(longs[layout.failedAt >> 3]);
    check(code, failed < count ? failed : undefined);
    return {
      lines: Array.from(patient, (patientMinor, i) => {
        const own = Array.from({ length: width }, (_, c) => readOutcome(outcomes, (i * width + c) * OUTCOME_LONGS));
        return { outcomes: own, patientMinor };
      }),
      coverages: Array.from({ length: width }, (_, c) => readLeft(used, 4 * c)),
      trail: steps && readSteps(steps, Number(longs[layout.stepsAt >> 3])),
    };
  });
}

/** A coverage as C has it: two amounts, two choices in one number of 64 bits, and room for a pointer. */
function packCoverage(coverage: Coverage): bigint[] {
  requireObject(coverage, "A coverage");
  const { deductibleLeftMinor, outOfPocketLeftMinor = UNLIMITED } = coverage;
  const { costOrder = "deductible-first", coordination = "standard" } = coverage;
  const order = requireChoice(costOrder, COST_ORDERS, "costOrder");
  const way = requireChoice(coordination, COORDINATIONS, "coordination");
  return [
    amountOf(deductibleLeftMinor, "deductibleLeftMinor"),
    amountOf(outOfPocketLeftMinor, "outOfPocketLeftMinor"),
    BigInt(order) | (BigInt(way) << 32n),
    0n,
  ];
}

/** Writes a line's benefits, those of one coverage apart from those of the next; answers its charge. */
function readLine(
  line: ClaimLine | undefined,
  i: number,
  width: number,
  benefits: BigInt64Array,
  count: number,
): bigint {
  requireObject(line, "A line", i);
  const { chargeMinor, benefits: granted } = line;
  if (!Array.isArray(granted) || granted.length !== width) {
    throw new BillError("bad-argument", "benefits must be one for each coverage.", i);
  }
  for (let c = 0; c < width; c++) {
    const benefit = granted[c] as Benefit;
    requireObject(benefit, "A benefit", i);
    const { covered = "yes", copayMinor = 0, coinsurancePpm = 0, isFreeOfDeductible, isOutsideMaximum } = benefit;
    const kind = requireChoice(covered, COVERED, "covered", i);
    const { allowedMinor = kind === 0 ? undefined : 0 } = benefit;
    const flags = kind | (isFreeOfDeductible ? NO_DEDUCTIBLE : 0) | (isOutsideMaximum ? NO_MAXIMUM : 0);
    const at = 3 * (c * count + i);
    benefits[at] = amountOf(allowedMinor, "allowedMinor", i);
    benefits[at + 1] = amountOf(copayMinor, "copayMinor", i);
    benefits[at + 2] = BigInt(requireWhole(coinsurancePpm, 1_000_000, "coinsurancePpm", i)) | (BigInt(flags) << 32n);
  }
  return amountOf(chargeMinor, "chargeMinor", i);
}

function amountOf(value: unknown, name: string, line?: number): bigint {
  requireAmount(value, layout.amountAt >> 2, name, line);
  return longs[layout.amountAt >> 3] as bigint;
}

function readOutcome(from: BigInt64Array, at: number): Outcome {
  const [adjustment, notCovered, deductible, copay, coinsurance, paid, saved] = from.subarray(at, at + OUTCOME_LONGS);
  return {
    adjustmentMinor: adjustment ?? 0n,
    notCoveredMinor: notCovered ?? 0n,
    deductibleMinor: deductible ?? 0n,
    copayMinor: copay ?? 0n,
    coinsuranceMinor: coinsurance ?? 0n,
    paidMinor: paid ?? 0n,
    savedMinor: saved ?? 0n,
  };
}

function readLeft(from: BigInt64Array, at: number) {
  const left = from[at + 1] as bigint;
  return { deductibleLeftMinor: from[at] as bigint, outOfPocketLeftMinor: left === UNLIMITED ? undefined : left };
}
