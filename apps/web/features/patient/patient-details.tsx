"use client";
import { formatDate } from "@infirmary/shared/core";
import { formatMrn, genderNames, type Patient } from "@infirmary/shared/patient";
import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { formatAge, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { FactList } from "#ui/fact-list.tsx";

const RevealSsn = dynamic(() => import("./reveal-ssn.tsx").then((module) => module.RevealSsn));

const known = (value: string | null) => value ?? "Not known";

/** The demographics of a patient, as on record. The identifier is masked until somebody permitted gives a reason. */
export function PatientDetails({ patient }: { patient: Patient }) {
  const { can, timeZone } = useMe();
  const [isRevealing, setIsRevealing] = useState(false);
  return (
    <>
      <FactList
        facts={[
          ["Last name", <bdi key="v">{patient.lastName}</bdi>],
          ["First name", <bdi key="v">{patient.firstName}</bdi>],
          ["Born", `${formatDate(patient.dateOfBirth)} (${formatAge(patient.dateOfBirth, todayIn(timeZone))})`],
          ["Sex", genderNames[patient.gender]],
          ["MRN", formatMrn(patient.mrn)],
          ["Phone", known(patient.phone)],
          ["E-mail", known(patient.email)],
          ["Address", known(patient.address)],
          [
            "SSN",
            <>
              {known(patient.ssn)}{" "}
              {patient.ssn && can("patient.ssn.reveal") && (
                <Button variant="default" size="compact-xs" onClick={() => setIsRevealing(true)}>
                  Show
                </Button>
              )}
            </>,
          ],
          ["Registered", <DateTime key="v" at={patient.createdAt} />],
          ["Last changed", <DateTime key="v" at={patient.updatedAt} />],
        ]}
      />
      {isRevealing && <RevealSsn patient={patient} onClose={() => setIsRevealing(false)} />}
    </>
  );
}
