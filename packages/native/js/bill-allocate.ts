// Dividing an amount, and payments over open balances, so that no unit is lost.
import { BillError } from "./bill-error.ts";
import { type Amount, check, checkCount, exclusively, layout, longs, native, writeAmount } from "./bill-native.ts";
import { type BillStep, makeSteps, readSteps } from "./bill-trail.ts";
import { lengthOf, tagOf } from "./typed-array.ts";

export interface AllocateOptions {
  /** Keep how each number came about. */
  readonly trail?: boolean;
}

export interface Allocation {
  /** What each gets, in the order of the weights; they add up to the amount. */
  readonly sharesMinor: BigInt64Array<ArrayBuffer>;
  /** With `trail`. */
  readonly trail: readonly BillStep[] | undefined;
}

export interface Payment {
  /** What each balance gets, at most what it has. */
  readonly paidMinor: BigInt64Array<ArrayBuffer>;
  /** What no balance needs. */
  readonly leftMinor: bigint;
  /** With `trail`. */
  readonly trail: readonly BillStep[] | undefined;
}

const BY_WEIGHTS = 0;
const PRO_RATA = 1;
const IN_ORDER = 2;

/**
 * Divides an amount in proportion to weights (not negative), to the last unit: largest remainder, ties to the earlier.
 * Throws `bad-argument`, `out-of-range`, `overflow`, and `no-weights` for something over nothing.
 */
export function allocate(
  amount: Amount,
  weights: readonly Amount[] | BigInt64Array,
  options: AllocateOptions = {},
): Allocation {
  const { shares, trail } = run(BY_WEIGHTS, amount, weights, options);
  return { sharesMinor: shares, trail };
}

/**
 * Pays open balances (not negative): `in-proportion` to them, or `in-order` until nothing is left.
 * Throws `bad-argument`, `out-of-range`, `overflow`.
 */
export function pay(
  payment: Amount,
  openMinor: readonly Amount[] | BigInt64Array,
  options: AllocateOptions & { readonly how?: "in-proportion" | "in-order" } = {},
): Payment {
  const how = options?.how ?? "in-proportion";
  if (how !== "in-proportion" && how !== "in-order") {
    throw new BillError("bad-argument", 'how must be "in-proportion" or "in-order".');
  }
  const { shares, left, trail } = run(how === "in-order" ? IN_ORDER : PRO_RATA, payment, openMinor, options);
  return { paidMinor: shares, leftMinor: left, trail };
}

function run(how: number, amount: Amount, weights: readonly Amount[] | BigInt64Array, options: AllocateOptions) {
  return exclusively(() => {
    const packed = pack(weights);
    const count = packed.length;
    const steps = options?.trail ? makeSteps(2 * count + 2) : undefined;
    const out = new BigInt64Array(2 * count);
    if (!writeAmount(amount, layout.amountAt >> 2)) {
      throw new BillError("bad-argument", "The amount must be a whole number of 64 bits.");
    }
    check(native.allocate(how, packed, out, steps));
    const left = longs[layout.leftAt >> 3] as bigint;
    const trail = steps && readSteps(steps, Number(longs[layout.stepsAt >> 3]));
    // Shares are pairs of amount and rest; a payment in order has no rests.
    const shares = how === IN_ORDER ? out.slice(0, count) : new BigInt64Array(count);
    if (how !== IN_ORDER) for (let i = 0; i < count; i++) shares[i] = out[2 * i] as bigint;
    return { shares, left, trail };
  });
}

/** A copy that nobody else can change or transfer away. */
function pack(weights: readonly Amount[] | BigInt64Array): BigInt64Array<ArrayBuffer> {
  if (tagOf.call(weights) === "BigInt64Array") return copy(weights as BigInt64Array);
  if (!Array.isArray(weights)) throw new BillError("bad-argument", "Weights must be an array or a BigInt64Array.");
  checkCount(weights.length);
  const packed = new BigInt64Array(weights.length);
  for (let i = 0; i < packed.length; i++) {
    if (!writeAmount(weights[i], layout.amountAt >> 2)) {
      throw new BillError("bad-argument", "must be a whole number of 64 bits.", i);
    }
    packed[i] = longs[layout.amountAt >> 3] as bigint;
  }
  return packed;
}

function copy(weights: BigInt64Array): BigInt64Array<ArrayBuffer> {
  const count = lengthOf.call(weights);
  checkCount(count);
  if (count === 0 && (weights.buffer as ArrayBuffer).detached) {
    throw new BillError("bad-argument", "The weights were transferred away.");
  }
  return new BigInt64Array(weights);
}
