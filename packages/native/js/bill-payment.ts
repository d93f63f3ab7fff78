// MS-DRG payment of a stay.
import { BillError } from "./bill-error.ts";
import {
  type Amount,
  check,
  exclusively,
  layout,
  longs,
  native,
  requireAmount,
  requireChoice,
  requireObject,
  requireWhole,
  words,
} from "./bill-native.ts";
import { DrgTable, requireDay } from "./bill-table.ts";
import { type BillStep, makeSteps, readSteps } from "./bill-trail.ts";

/** What holds for a hospital and a year (include/bill.h names the sources). What is not given is 0: no such payment. */
export interface DrgTerms {
  readonly baseRateMinor: Amount;
  /** Of cost outliers, adjusted for the area. */
  readonly fixedLossMinor?: Amount;
  /** Operating and capital ratios of cost to charges together, in millionths. */
  readonly costToChargeMicros?: Amount;
  /** Of the cost above the threshold: 800_000; for burns (MDC 22) 900_000. */
  readonly marginalPpm?: number;
  readonly marginalBurnsPpm?: number;
  /** Day outliers: days above the mean from which a day counts more, and what part of the per diem it then adds. */
  readonly dayThresholdMicros?: Amount;
  readonly dayPpm?: number;
}

export interface DrgStay {
  readonly drg: string;
  /** The day, 20250314: it picks the row. */
  readonly dischargedOn: number;
  /** Covered days. */
  readonly days: number;
  readonly chargesMinor: Amount;
  /** Teaching, disproportionate share, new technology. */
  readonly addOnMinor?: Amount;
  readonly leaving?: "discharged" | "to-acute" | "to-post-acute";
}

export interface DrgPayment {
  /** Paid by the day. */
  readonly isTransfer: boolean;
  readonly fullMinor: bigint;
  readonly baseMinor: bigint;
  readonly costMinor: bigint;
  readonly thresholdMinor: bigint;
  readonly costOutlierMinor: bigint;
  readonly dayOutlierMinor: bigint;
  readonly outlierMinor: bigint;
  readonly totalMinor: bigint;
  readonly trail: readonly BillStep[];
}

const LEAVINGS = ["discharged", "to-acute", "to-post-acute"];
const STEPS_MAX = 32;
const PPM_MAX = 1_000_000;

/**
 * What a stay is paid. Throws `not-found`, `ungroupable`, `incomplete-row` (the table does not say the length of stay or the
 * transfer policy that is needed), `out-of-range`, `overflow`, `bad-argument`, `disposed`.
 */
export function payDrg(table: DrgTable, stay: DrgStay, terms: DrgTerms): DrgPayment {
  if (!(table instanceof DrgTable)) throw new BillError("bad-argument", "table must be a DrgTable.");
  return exclusively(() => {
    requireObject(stay, "stay");
    const { drg, dischargedOn, days, chargesMinor, addOnMinor = 0, leaving = "discharged" } = stay;
    if (typeof drg !== "string") throw new BillError("bad-argument", "drg must be a string.");
    const day = requireDay(dischargedOn, "dischargedOn");
    const count = requireWhole(days, 2 ** 31, "days");
    const how = requireChoice(leaving, LEAVINGS, "leaving");
    requireAmount(chargesMinor, layout.caseAt >> 2, "chargesMinor");
    requireAmount(addOnMinor, (layout.caseAt >> 2) + 2, "addOnMinor");
    writeTerms(terms);
    const steps = makeSteps(STEPS_MAX);
    check(native.drgPay(table.id, drg, day, count, how, steps));
    const amounts = longs.subarray(layout.paidAt >> 3, (layout.paidAt >> 3) + 8);
    const [
      full = 0n,
      base = 0n,
      cost = 0n,
      threshold = 0n,
      costOutlier = 0n,
      dayOutlier = 0n,
      outlier = 0n,
      total = 0n,
    ] = amounts;
    return {
      isTransfer: longs[layout.amountAt >> 3] === 1n,
      fullMinor: full,
      baseMinor: base,
      costMinor: cost,
      thresholdMinor: threshold,
      costOutlierMinor: costOutlier,
      dayOutlierMinor: dayOutlier,
      outlierMinor: outlier,
      totalMinor: total,
      trail: readSteps(steps, Number(longs[layout.stepsAt >> 3])),
    };
  });
}

function writeTerms(terms: DrgTerms): void {
  requireObject(terms, "terms");
  const { baseRateMinor, fixedLossMinor = 0, costToChargeMicros = 0, dayThresholdMicros = 0 } = terms;
  const { marginalPpm = 0, marginalBurnsPpm = 0, dayPpm = 0 } = terms;
  const at = layout.termsAt >> 2;
  requireAmount(baseRateMinor, at, "baseRateMinor");
  requireAmount(fixedLossMinor, at + 2, "fixedLossMinor");
  requireAmount(costToChargeMicros, at + 4, "costToChargeMicros");
  words[at + 6] = requireWhole(marginalPpm, PPM_MAX, "marginalPpm");
  words[at + 7] = requireWhole(marginalBurnsPpm, PPM_MAX, "marginalBurnsPpm");
  requireAmount(dayThresholdMicros, at + 8, "dayThresholdMicros");
  words[at + 10] = requireWhole(dayPpm, PPM_MAX, "dayPpm");
}

/** The parts of a hospital's base rate. */
export interface BaseRate {
  readonly laborMinor: Amount;
  /** In millionths. */
  readonly wageIndexMicros: Amount;
  readonly restMinor: Amount;
  readonly costOfLivingMicros: Amount;
}

/** labor x wage index + rest x cost of living, each rounded. Throws `out-of-range`, `overflow`, `bad-argument`. */
export function baseRate(of: BaseRate): bigint {
  return exclusively(() => {
    requireObject(of, "A base rate");
    const { laborMinor, wageIndexMicros, restMinor, costOfLivingMicros } = of;
    const at = layout.termsAt >> 2;
    requireAmount(laborMinor, at, "laborMinor");
    requireAmount(wageIndexMicros, at + 2, "wageIndexMicros");
    requireAmount(restMinor, at + 4, "restMinor");
    requireAmount(costOfLivingMicros, at + 6, "costOfLivingMicros");
    check(native.baseRate());
    return longs[layout.amountAt >> 3] as bigint;
  });
}
