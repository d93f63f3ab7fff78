import { flagMeaning, isFinal, type Observation } from "@infirmary/shared/result";
import { isWithin, rangeBand } from "./range-band.ts";

type Judged = Pick<Observation, "value" | "abnormalFlag" | "referenceRange" | "status">;

/**
 * Whether a value is normal beyond doubt: final, and flagged normal by the lab or, without any flag, a number inside a
 * plain range. No flag alone is not the same as normal, so text without a flag is never plainly normal.
 */
export function isPlainlyNormal({ value, abnormalFlag, referenceRange, status }: Judged): boolean {
  if (!isFinal(status) || status === "W" || status === "D" || status === "X") return false;
  const meaning = flagMeaning(abnormalFlag);
  if (meaning) return meaning.level === "normal";
  const band = rangeBand(referenceRange);
  const number = value !== null && /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : null;
  return band !== null && number !== null && isWithin(number, band);
}
