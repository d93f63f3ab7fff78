import type { Metadata } from "next";
import { RegisterPatient } from "#features/patient/register-patient.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";
import { PageHeader } from "#ui/page-header.tsx";

export const metadata: Metadata = { title: "Register a patient" };

export default async function RegisterPatientPage() {
  await requirePermission("patient.write");
  return (
    <>
      <PageHeader title="Register a patient" />
      <RegisterPatient />
    </>
  );
}
