"use client";
import type { FilterDraft } from "#features/audit/audit-filter.ts";
import { AuditLog } from "#features/audit/audit-log.tsx";
import { PatientPicker } from "#features/patient/patient-picker.tsx";
import { patientName } from "#lib/patient-name.ts";

/** The audit log with the patient search of the patients' capability as one of its filters. */
export function AuditScreen({ initial }: { initial: Partial<FilterDraft> }) {
  return (
    <AuditLog
      initial={initial}
      patientPicker={(filter, onFilter) => (
        <PatientPicker
          label="Patient"
          chosen={filter.patientId ? (filter.patientText ?? "One patient") : null}
          onChoose={(patient) => onFilter({ patientId: patient.id, patientText: patientName(patient) })}
          onClear={() => onFilter({ patientId: "", patientText: null })}
        />
      )}
    />
  );
}
