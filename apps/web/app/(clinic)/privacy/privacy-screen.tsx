"use client";
import { SealPill } from "#features/audit/seal-pill.tsx";
import { PatientPicker } from "#features/patient/patient-picker.tsx";
import { PrivacyPage } from "#features/privacy/privacy-page.tsx";

/** The privacy officer's page, with the patient search of the patients' capability and the state of the log. */
export function PrivacyScreen() {
  return (
    <PrivacyPage
      seal={<SealPill />}
      patientPicker={(onChoose) => (
        <PatientPicker
          label="Who saw a patient"
          chosen={null}
          onChoose={(patient) => onChoose(patient.id)}
          onClear={() => undefined}
        />
      )}
    />
  );
}
