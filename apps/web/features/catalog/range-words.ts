import { ageDaysMax, type LabTestRange, rangeText } from "@infirmary/shared/catalog";

/** Whole years are said in years, whole months of the first two years in months, anything else in days. */
export function ageText(days: number): string {
  if (days === 0) return "birth";
  if (days % 365 === 0) return `${days / 365} y`;
  return `${days} d`;
}

/** Whom a range is for: `Women, 18 y and older, pregnant`. */
export function whoText({ sex, condition, ageFromDays, ageToDays }: LabTestRange): string {
  const people = sex === "male" ? "Men" : sex === "female" ? "Women" : "Everybody";
  const age =
    ageToDays >= ageDaysMax
      ? ageFromDays === 0
        ? ""
        : `, ${ageText(ageFromDays)} and older`
      : ageFromDays === 0
        ? `, younger than ${ageText(ageToDays)}`
        : `, ${ageText(ageFromDays)} to ${ageText(ageToDays)}`;
  return `${people}${age}${condition ? `, ${condition}` : ""}`;
}

/** The limits from which a value is critical: `at or below 2.8, at or above 6.2`. */
export function criticalText({ criticalLow, criticalHigh }: LabTestRange): string {
  const parts = [
    ...(criticalLow === null ? [] : [`at or below ${criticalLow}`]),
    ...(criticalHigh === null ? [] : [`at or above ${criticalHigh}`]),
  ];
  return parts.join(", ") || "None";
}

export const usualText = (range: LabTestRange) => rangeText(range) || "None";
