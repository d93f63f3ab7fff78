// Decimal text to whole numbers and back, without rounding.
import { BillError } from "./bill-error.ts";
import { type Amount, check, layout, longs, native, writeAmount } from "./bill-native.ts";

/**
 * Reads "12.50" with 2 decimals as 1250n, "8.875" with 4 as 88750n (a percentage in parts per million). Digits with at most
 * one point between them, a minus before; nothing else.
 * Throws `not-a-number`, `too-precise` for more decimals than that unless they are zeros, `overflow`, `bad-argument`.
 */
export function parse(text: string, decimals: number): bigint {
  if (typeof text !== "string") throw new BillError("bad-argument", "text must be a string.");
  check(native.parse(text, checkDecimals(decimals)));
  return longs[layout.amountAt >> 3] as bigint;
}

/** Writes 1250n with 2 decimals as "12.50". */
export function format(value: Amount, decimals: number): string {
  if (!writeAmount(value, layout.amountAt >> 2)) {
    throw new BillError("bad-argument", "value must be a whole number of 64 bits.");
  }
  return native.format(checkDecimals(decimals)) ?? "";
}

function checkDecimals(decimals: number): number {
  if (Number.isInteger(decimals) && decimals >= 0 && decimals <= 18) return decimals;
  throw new BillError("bad-argument", "decimals must be a whole number from 0 to 18.");
}
