import type { Band } from "#ui/plot-scale.ts";

/** The values a reference range spans; null is an open end. */
export type RangeBand = Band;

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)`;
const between = new RegExp(String.raw`^(${number})\s*(?:-|–|—|\.\.|to)\s*(${number})$`, "i");
const below = new RegExp(String.raw`^(?:<|<=|≤)\s*(${number})$`);
const above = new RegExp(String.raw`^(?:>|>=|≥)\s*(${number})$`);

/** Reads a reference range (OBX-7) that is a plain low-high, or open on one side; null for anything said in words. */
export function rangeBand(text: string | null): RangeBand | null {
  const range =
    text
      ?.trim()
      .replace(/^[[(](.*)[\])]$/, "$1")
      .trim() ?? "";
  const ends = between.exec(range);
  if (ends) {
    const [low, high] = [Number(ends[1]), Number(ends[2])];
    return low <= high ? { low, high } : null;
  }
  const under = below.exec(range);
  if (under) return { low: null, high: Number(under[1]) };
  const over = above.exec(range);
  return over ? { low: Number(over[1]), high: null } : null;
}

/** Whether a number lies inside, ends included. */
export const isWithin = (value: number, { low, high }: RangeBand) =>
  (low === null || value >= low) && (high === null || value <= high);
