/** A numeric value cut before its decimal point: `<`, sign and whole part; point and fraction. */
export type DecimalParts = { head: string; tail: string };

const numeric = /^([<>]=?|[≤≥])?\s*([+-]?)(\d*)(?:\.(\d+))?$/;

/**
 * Cuts a value as sent for aligning it on the decimal point; null where it is no plain number. A missing leading zero is
 * put in: `.5` is read as 5. Trailing zeros stay: in a laboratory result they say how exact it is (Joint Commission,
 * "Do Not Use" list, exception).
 */
export function decimalParts(value: string): DecimalParts | null {
  const match = numeric.exec(value.trim());
  if (!match) return null;
  const [, comparator = "", sign = "", whole = "", fraction] = match;
  if (whole === "" && fraction === undefined) return null;
  return { head: `${comparator}${sign}${whole || "0"}`, tail: fraction === undefined ? "" : `.${fraction}` };
}

/** How wide the two parts must be, in digits, so that the points of all these values stand in one line. */
export function decimalWidths(values: readonly (string | null)[]): { head: number; tail: number } {
  let [head, tail] = [0, 0];
  for (const value of values) {
    const parts = value === null ? null : decimalParts(value);
    if (!parts) continue;
    head = Math.max(head, parts.head.length);
    tail = Math.max(tail, parts.tail.length);
  }
  return { head, tail };
}
