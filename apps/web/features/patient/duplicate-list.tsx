"use client";
import { formatMrn, genderNames, type PatientDuplicate } from "@infirmary/shared/patient";
import { birthAndAge, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import classes from "./patient-form.module.css";

const why: Record<PatientDuplicate["matches"][number], string> = {
  ssn: "same national identifier",
  "name-and-birth-date": "same name and birth date",
  "similar-name-and-birth-date": "similar name, same birth date",
  "phone-and-name": "same phone and name",
};

/** Registered people this could be, and why. Their charts open in a new tab, so that nothing typed here is lost. */
export function DuplicateList({ duplicates }: { duplicates: readonly PatientDuplicate[] }) {
  const { timeZone } = useMe();
  return (
    <ul className={classes.duplicates}>
      {duplicates.map((patient) => (
        <li key={patient.id} className={classes.duplicate}>
          <a href={`/patients/${patient.id}`} target="_blank" rel="noreferrer" className={classes.duplicateName}>
            <bdi>{patientName(patient)}</bdi>
          </a>
          <span className={classes.duplicateFacts}>
            Born {birthAndAge(patient.dateOfBirth, todayIn(timeZone))} · {genderNames[patient.gender]} · MRN{" "}
            {formatMrn(patient.mrn)}
          </span>
          <span>{sentence(patient.matches.map((match) => why[match]).join("; "))}</span>
        </li>
      ))}
    </ul>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
