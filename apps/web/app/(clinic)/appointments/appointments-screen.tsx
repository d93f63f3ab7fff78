"use client";
import { Calendar } from "#features/appointment/calendar.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { PatientLoader } from "#features/patient/patient-loader.tsx";
import { PickPatient } from "#features/patient/pick-patient.tsx";

/** The front desk's calendar, with the patients it books for. */
export function AppointmentsScreen({ bookFor }: { bookFor: string | null }) {
  return (
    <Calendar
      bookFor={bookFor}
      pickPatient={(onPick) => <PickPatient onPick={onPick} />}
      bannerOf={(id) => (
        <PatientLoader id={id}>
          {(patient) => <PatientBanner patient={patient} patientId={id} allergiesOf={id} isInDialog />}
        </PatientLoader>
      )}
      bannerIn={({ patient, patientId }) => (
        <PatientBanner patient={patient} patientId={patientId} allergiesOf={patientId} isInDialog />
      )}
    />
  );
}
