"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PlanEncounter } from "#features/encounter/plan-encounter.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { PatientLoader } from "#features/patient/patient-loader.tsx";
import { PickPatient } from "#features/patient/pick-patient.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** Plans a visit or takes in a patient at the desk: first who, then why and when. */
export function NewEncounter({ firstPatientId }: { firstPatientId: string | null }) {
  const router = useRouter();
  const [patientId, setPatientId] = useState(firstPatientId);
  if (!patientId) {
    return (
      <>
        <PageHeader title="New visit" />
        <PickPatient onPick={setPatientId} />
      </>
    );
  }
  return (
    <PatientLoader id={patientId}>
      {(patient) => (
        <>
          <PatientBanner patient={patient} patientId={patientId} allergiesOf={patientId} />
          <PageHeader title="New visit" />
          <PlanEncounter
            patientId={patientId}
            onPlanned={({ id }) => router.push(`/encounters/${id}`)}
            onCancel={() => router.back()}
          />
        </>
      )}
    </PatientLoader>
  );
}
