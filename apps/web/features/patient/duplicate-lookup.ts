import type { DuplicateInput } from "@infirmary/shared/patient";
import { readDate } from "#ui/date-text.ts";
import type { PatientDraft } from "./patient-draft.ts";

/** What is known so far, once it is enough to mean somebody; null before. */
export function lookup(draft: PatientDraft): DuplicateInput | null {
  const [firstName, lastName] = [draft.firstName.trim(), draft.lastName.trim()];
  const reading = readDate(draft.dateOfBirth);
  const phone = draft.phone.replace(/\D/g, "").length >= 7 ? draft.phone.trim() : undefined;
  const ssn = draft.ssn.replace(/\D/g, "").length === 9 ? draft.ssn.trim() : undefined;
  const isEnough = ssn !== undefined || (lastName.length >= 2 && (firstName.length >= 1 || "date" in reading));
  if (!isEnough) return null;
  return {
    firstName,
    lastName,
    ...("date" in reading ? { dateOfBirth: reading.date } : {}),
    ...(phone ? { phone } : {}),
    ...(ssn ? { ssn } : {}),
  };
}
