import type { Metadata } from "next";
import { PatientList } from "#features/patient/patient-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Patients" };

export default async function PatientsPage() {
  await requirePermission("patient.read");
  return <PatientList />;
}
