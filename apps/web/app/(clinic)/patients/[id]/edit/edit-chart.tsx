"use client";
import { EditPatient } from "#features/patient/edit-patient.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { PatientLoader } from "#features/patient/patient-loader.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** The form for a patient's details, under the banner. */
export function EditChart({ id }: { id: string }) {
  return (
    <PatientLoader id={id}>
      {(patient) => (
        <>
          <PatientBanner patient={patient} patientId={id} />
          <PageHeader title="Change details" />
          <EditPatient key={id} patient={patient} />
        </>
      )}
    </PatientLoader>
  );
}
