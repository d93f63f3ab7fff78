"use client";
import { formatDate } from "@infirmary/shared/core";
import { formatMrn } from "@infirmary/shared/patient";
import type { ResultPreview } from "@infirmary/shared/result";
import { birthAndAge, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import classes from "./upload.module.css";
import { isWrongPatient, previewOf, type UploadRow } from "./upload-row.ts";

/** Who the message says it is about beside who that is here; where the two differ, in red and in words. */
export function PatientCell({ row }: { row: UploadRow }) {
  const { timeZone } = useMe();
  const preview = previewOf(row);
  if (!preview) return null;
  const { patient, saysPatient } = preview;
  const isWrong = isWrongPatient(preview);
  return (
    <>
      {patient && (
        <div>
          {isWrong && <span className={classes.dim}>Here: </span>}
          <bdi className={classes.strong}>{patientName(patient)}</bdi>{" "}
          <span className={classes.dim}>
            <span className={classes.number}>{birthAndAge(patient.dateOfBirth, todayIn(timeZone))}</span>{" "}
            <span className={classes.number}>MRN {formatMrn(patient.mrn)}</span>
          </span>
        </div>
      )}
      {saysPatient && (isWrong || !patient) && (
        <div className={classes.wrong}>
          Message says: <bdi>{saysPatient.name || "no name"}</bdi>, born {said(saysPatient.dateOfBirth)},{" "}
          {saysPatient.identifiers.join(", ") || "no identifier"}
        </div>
      )}
      {isWrong && <strong className={classes.wrong}>{patient ? "WRONG PATIENT" : "NO SUCH PATIENT HERE"}</strong>}
    </>
  );
}

/** A birth date as the message wrote it, in our form where it is a whole day. */
function said(date: NonNullable<ResultPreview["saysPatient"]>["dateOfBirth"]): string {
  if (!date) return "not said";
  const day = /^(\d{4})(0[1-9]|1[0-2])(\d{2})/.exec(date);
  return day ? formatDate(`${day[1]}-${day[2]}-${day[3]}`) : date;
}
