import { compareDecimals } from "./decimal.ts";
import type { LabTestRange } from "./lab-test.ts";
import { type ReadValue, readValue, type ValueType } from "./value.ts";

/** Who a value is of, on the day the specimen was collected. `condition` is null where nothing was said. */
export type RangeSubject = { sex: string; ageDays: number; condition: string | null; on: string };

/**
 * The range that a value of this person is judged by: in force on that day, of that age and sex; one for the person's condition before one
 * for anybody, one for a sex before one for both, the narrower age first. Null where none fits: then nothing is flagged, which is not normal.
 */
export function rangeFor<Range extends Omit<LabTestRange, "id">>(
  ranges: readonly Range[],
  { sex, ageDays, condition, on }: RangeSubject,
): Range | null {
  const fitting = ranges.filter(
    (range) =>
      (range.validFrom === null || range.validFrom <= on) &&
      (range.validTo === null || on < range.validTo) &&
      range.ageFromDays <= ageDays &&
      ageDays < range.ageToDays &&
      (range.sex === null || range.sex === sex) &&
      (range.condition === null || range.condition === condition),
  );
  const weight = (range: Range) =>
    Number(range.condition !== null) * 4 +
    Number(range.sex !== null) * 2 +
    1 / (2 + range.ageToDays - range.ageFromDays);
  return fitting.reduce<Range | null>(
    (best, range) => (best === null || weight(range) > weight(best) ? range : best),
    null,
  );
}

/** Days lived on a day; both are calendar dates. */
export const ageInDays = (dateOfBirth: string, on: string) =>
  Math.floor((Date.parse(on) - Date.parse(dateOfBirth)) / 86_400_000);

/** The limits as they are printed beside a value: `3.5-5.1`, `<5.0`, `>40`; a coded test's normal answer; empty where there are none. */
export function rangeText(range: Pick<LabTestRange, "low" | "high" | "normalText"> | null): string {
  if (!range) return "";
  if (range.low !== null && range.high !== null) return `${range.low}-${range.high}`;
  if (range.high !== null) return `<${range.high}`;
  return range.low !== null ? `>${range.low}` : (range.normalText ?? "");
}

type Limits = Pick<LabTestRange, "low" | "high" | "criticalLow" | "criticalHigh" | "normalText">;
export type Judged = "LL" | "L" | "N" | "H" | "HH" | "A";

/**
 * The flag of a value by a range (HL7 table 0078), null where nothing can be said: no range, or a value written with `<` or `>` that may
 * lie on either side of a limit. A limit itself is normal; a critical limit is critical.
 */
export function judge(value: ReadValue, range: Limits | null, valueType: ValueType): Judged | null {
  if (!range) return null;
  if (valueType === "CODED" || valueType === "TEXT") {
    if (range.normalText === null) return null;
    return value.text.toLowerCase() === range.normalText.toLowerCase() ? "N" : "A";
  }
  if (value.number === null) return null;
  const { low, high, criticalLow, criticalHigh } = range;
  if (low === null && high === null && criticalLow === null && criticalHigh === null) return null;
  // What is written as "<x" is surely at most x, what is written as ">x" at least x.
  const isBelow = value.comparator.startsWith("<");
  const isAbove = value.comparator.startsWith(">");
  const compare = (limit: string) => compareDecimals(value.number ?? "0", limit);
  const isStrict = value.comparator === "<" || value.comparator === ">";
  const surelyUnder = (limit: string, orEqual: boolean) =>
    !isAbove && (compare(limit) < 0 || (compare(limit) === 0 && (orEqual || (isBelow && isStrict))));
  const surelyOver = (limit: string, orEqual: boolean) =>
    !isBelow && (compare(limit) > 0 || (compare(limit) === 0 && (orEqual || (isAbove && isStrict))));
  if (criticalHigh !== null && surelyOver(criticalHigh, true)) return "HH";
  if (criticalLow !== null && surelyUnder(criticalLow, true)) return "LL";
  if (high !== null && surelyOver(high, false)) return "H";
  if (low !== null && surelyUnder(low, false)) return "L";
  // Inside for certain, or not to be told.
  const least = low ?? criticalLow;
  const most = high ?? criticalHigh;
  if (isBelow) return least === null && (most === null || compare(most) <= 0) ? "N" : null;
  if (isAbove) return most === null && (least === null || compare(least) >= 0) ? "N" : null;
  return "N";
}

/** A value as typed, read and judged in one: what a grid shows while somebody types. `fault` says what is wrong with it. */
export function judgeWritten(
  written: string,
  test: { valueType: ValueType; answers: readonly string[] },
  range: Limits | null,
): { read: ReadValue | null; flag: Judged | null; fault: string | null } {
  const read = readValue(written, test);
  if (typeof read === "string") return { read: null, flag: null, fault: read };
  return { read, flag: judge(read, range, test.valueType), fault: null };
}
