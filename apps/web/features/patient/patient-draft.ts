import { formatDate } from "@infirmary/shared/core";
import type { Gender, Patient, PatientUpdate } from "@infirmary/shared/patient";
import { readDate } from "#ui/date-text.ts";

/** What the patient form holds: texts as typed. `ssn` empty means "as it is" when a patient is changed. */
export type PatientDraft = {
  lastName: string;
  firstName: string;
  dateOfBirth: string;
  gender: Gender | "";
  phone: string;
  email: string;
  address: string;
  ssn: string;
};

export const emptyDraft: PatientDraft = {
  lastName: "",
  firstName: "",
  dateOfBirth: "",
  gender: "",
  phone: "",
  email: "",
  address: "",
  ssn: "",
};

/** The fields two versions of a patient are compared by, in the order of the form. */
export const draftLabels: Record<keyof PatientDraft, string> = {
  lastName: "Last name",
  firstName: "First name",
  dateOfBirth: "Date of birth",
  gender: "Sex",
  phone: "Phone",
  email: "E-mail",
  address: "Address",
  ssn: "National identifier (SSN)",
};

/** A registered patient as the form shows it. */
export function draftOf(patient: Patient): PatientDraft {
  return {
    lastName: patient.lastName,
    firstName: patient.firstName,
    dateOfBirth: formatDate(patient.dateOfBirth),
    gender: patient.gender,
    phone: patient.phone ?? "",
    email: patient.email ?? "",
    address: patient.address ?? "",
    ssn: "",
  };
}

/** What is sent for a draft; a birth date that cannot be read goes as typed, and the schema says so. */
export function inputOf(draft: PatientDraft) {
  const reading = readDate(draft.dateOfBirth);
  const dateOfBirth = "date" in reading ? reading.date : draft.dateOfBirth.trim();
  return { ...draft, gender: draft.gender || "", dateOfBirth, address: draft.address.trim() || null };
}

/** Faults of the form that only reading its texts can find; the schema does not know how a date was typed. */
export function textFaults(draft: PatientDraft): Record<string, string> {
  const faults: Record<string, string> = {};
  if (draft.dateOfBirth.trim() === "") faults.dateOfBirth = "Required.";
  else {
    const reading = readDate(draft.dateOfBirth);
    if ("fault" in reading) faults.dateOfBirth = reading.fault;
  }
  if (draft.gender === "") faults.gender = "Choose one; “Not known” is an answer.";
  return faults;
}

/** Only what differs from the record: what nobody touched must not be written over somebody else's change. */
export function changesOf(
  patient: Patient,
  draft: PatientDraft,
  removeSsn: boolean,
): Omit<PatientUpdate, "id" | "version"> {
  const before = draftOf(patient);
  const after = inputOf(draft);
  const changes: Record<string, unknown> = {};
  for (const key of ["lastName", "firstName", "gender", "phone", "email"] as const) {
    if (draft[key].trim() !== before[key]) changes[key] = draft[key].trim();
  }
  if (after.dateOfBirth !== patient.dateOfBirth) changes.dateOfBirth = after.dateOfBirth;
  if (draft.address.trim() !== before.address) changes.address = draft.address.trim();
  if (removeSsn) changes.ssn = null;
  else if (draft.ssn.trim() !== "") changes.ssn = draft.ssn;
  return changes;
}

/** One field two people changed: what the record says now, and what was typed here. */
export type Clash = { key: keyof PatientDraft; label: string; theirs: string; mine: string };

/**
 * Where somebody else's save and this draft differ. A field only they changed is no clash: theirs is taken. The
 * identifier is masked on the record and cannot be compared, so one typed here stays.
 */
export function clashes(base: Patient, current: Patient, draft: PatientDraft): Clash[] {
  const [before, theirs] = [draftOf(base), draftOf(current)];
  return (Object.keys(draftLabels) as (keyof PatientDraft)[])
    .filter((key) => key !== "ssn" && draft[key].trim() !== before[key] && draft[key].trim() !== theirs[key])
    .map((key) => ({ key, label: draftLabels[key], theirs: theirs[key], mine: draft[key].trim() }));
}

/** What somebody else's save changed. */
export function changedByThem(base: Patient, current: Patient): Clash[] {
  const [before, theirs] = [draftOf(base), draftOf(current)];
  return (Object.keys(draftLabels) as (keyof PatientDraft)[])
    .filter((key) => before[key] !== theirs[key])
    .map((key) => ({ key, label: draftLabels[key], theirs: theirs[key], mine: before[key] }));
}

/** The draft carried over to the record as it is now: theirs where this person typed nothing, mine elsewhere. */
export function rebase(base: Patient, current: Patient, draft: PatientDraft): PatientDraft {
  const [before, theirs] = [draftOf(base), draftOf(current)];
  const keep = <K extends keyof PatientDraft>(key: K): PatientDraft[K] =>
    draft[key].trim() === before[key] ? theirs[key] : draft[key];
  return {
    lastName: keep("lastName"),
    firstName: keep("firstName"),
    dateOfBirth: keep("dateOfBirth"),
    gender: keep("gender"),
    phone: keep("phone"),
    email: keep("email"),
    address: keep("address"),
    ssn: draft.ssn,
  };
}
