// The trail of a result: how each number came about.
import { native } from "./bill-native.ts";

/**
 * One step. `how` says what became of a, b and c; c and rest are 0 where they are not named:
 * `times-over` a x b / c rounded half to even, rest = a x b - result x c; `share-of` the same rounded down or up as shares
 * are; `plus` a + b; `minus` a - b; `lesser` and `greater` of a and b.
 */
export interface BillStep {
  /** Which number it is: "gross", "tax" … */
  readonly what: string;
  readonly how: "times-over" | "share-of" | "plus" | "minus" | "lesser" | "greater";
  /** The line it belongs to, from 0; undefined for what belongs to all. */
  readonly line: number | undefined;
  /** The coverage whose reckoning it is, from 0. */
  readonly payer: number;
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
  readonly result: bigint;
  readonly rest: bigint;
}

const STEP_LONGS = 6;
const NO_LINE = 0xffff_ffff;

/** Room for so many steps. */
export function makeSteps(count: number): BigInt64Array<ArrayBuffer> {
  return new BigInt64Array(count * STEP_LONGS);
}

/** The first `count` steps of those that C wrote. */
export function readSteps(steps: BigInt64Array<ArrayBuffer>, count: number): BillStep[] {
  const heads = new DataView(steps.buffer);
  return Array.from({ length: count }, (_, i) => {
    const [, a = 0n, b = 0n, c = 0n, result = 0n, rest = 0n] = steps.subarray(i * STEP_LONGS, (i + 1) * STEP_LONGS);
    const at = i * STEP_LONGS * 8;
    const line = heads.getUint32(at + 4, true);
    return {
      what: native.whats[heads.getUint16(at, true)] ?? "unknown",
      how: native.hows[heads.getUint8(at + 2)] as BillStep["how"],
      line: line === NO_LINE ? undefined : line,
      payer: heads.getUint8(at + 3),
      a,
      b,
      c,
      result,
      rest,
    };
  });
}

/** Whether a step's numbers are what it says of them, reckoned again in C from nothing but itself. */
export function stepHolds(step: BillStep): boolean {
  const how = native.hows.indexOf(step.how);
  const numbers = [step.a, step.b, step.c, step.result, step.rest];
  if (how < 1 || numbers.some((number) => typeof number !== "bigint" || BigInt.asIntN(64, number) !== number))
    return false;
  return native.stepHolds(BigInt64Array.from([BigInt(how) << 16n, ...numbers])) === 1;
}
