import type { EarlyWarning } from "./early-warning.ts";
import { type News2Input, type News2Points, news2Of } from "./news2.ts";
import { type PewsInput, pewsOf } from "./pews.ts";

/** NEWS2 is for people from this age on, in completed years. */
export const news2FromYears = 16;

/** Completed months between a birth date and a day (both `YYYY-MM-DD`). */
export function ageInMonths(dateOfBirth: string, today: string): number {
  const [bornYear = 0, bornMonth = 0, bornDay = 0] = dateOfBirth.slice(0, 10).split("-").map(Number);
  const [year = 0, month = 0, day = 0] = today.slice(0, 10).split("-").map(Number);
  return (year - bornYear) * 12 + (month - bornMonth) - (day < bornDay ? 1 : 0);
}

/** The score that fits the age: NEWS2 from 16 years, PEWS below. Points of the parameters with NEWS2. */
export function earlyWarningOf(
  input: News2Input & Omit<PewsInput, "ageMonths">,
  person: { dateOfBirth: string; today: string },
): EarlyWarning & { points: News2Points | null } {
  const months = ageInMonths(person.dateOfBirth, person.today);
  if (months < news2FromYears * 12) return { kind: "PEWS", ...pewsOf({ ...input, ageMonths: months }), points: null };
  return { kind: "NEWS2", ...news2Of(input), missing: [] };
}
