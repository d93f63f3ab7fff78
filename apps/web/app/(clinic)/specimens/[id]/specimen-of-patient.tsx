"use client";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { SpecimenScreen } from "#features/specimen/specimen-screen.tsx";

/** A tube below the banner of the patient it is of. */
export function SpecimenOfPatient({ id }: { id: string }) {
  return (
    <SpecimenScreen
      id={id}
      banner={({ patient, patientId }) => (
        <PatientBanner patient={patient} patientId={patientId} allergiesOf={patientId} />
      )}
    />
  );
}
