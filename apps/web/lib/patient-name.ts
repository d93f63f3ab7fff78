import { ageInYears, formatDate } from "@infirmary/shared/core";
import type { Patient } from "@infirmary/shared/patient";
import { genderNames } from "@infirmary/shared/patient";

/** `DOE, Jane`: the family name in capitals leads, so that nobody takes one name for the other (NHS CUI). */
export function patientName({ firstName, lastName }: Pick<Patient, "firstName" | "lastName">): string {
  return `${lastName.toLocaleUpperCase()}, ${firstName}`;
}

/** `46y`, in months below two years and in days below eight weeks, where years say nothing. */
export function formatAge(dateOfBirth: string, today: string): string {
  const years = ageInYears(dateOfBirth, today);
  if (years >= 2) return `${years}y`;
  const days = Math.round((Date.parse(today) - Date.parse(dateOfBirth)) / 86_400_000);
  if (days < 56) return `${Math.max(days, 0)}d`;
  return `${monthsBetween(dateOfBirth, today)}m`;
}

/** `01-Jan-1980 (46y)`: the age never stands without the date. */
export const birthAndAge = (dateOfBirth: string, today: string) =>
  `${formatDate(dateOfBirth)} (${formatAge(dateOfBirth, today)})`;

/** `46y Female`, for the rows of lists. */
export const ageAndSex = ({ dateOfBirth, gender }: Pick<Patient, "dateOfBirth" | "gender">, today: string) =>
  `${formatAge(dateOfBirth, today)} ${genderNames[gender]}`;

/** Today as a calendar date in the zone of the place: at midnight a patient's age changes there, not in Greenwich. */
export const todayIn = (timeZone: string, now = new Date()) =>
  new Intl.DateTimeFormat("en-CA", { timeZone }).format(now);

function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split("-").map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split("-").map(Number);
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) - (toDay < fromDay ? 1 : 0);
}
