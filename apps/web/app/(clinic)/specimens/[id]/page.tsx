import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { SpecimenOfPatient } from "./specimen-of-patient.tsx";

export const metadata: Metadata = { title: "Specimen" };
type Props = { params: Promise<{ id: string }> };

export default async function SpecimenPage({ params }: Props) {
  await requirePermission("specimen.read");
  return <SpecimenOfPatient id={(await params).id} />;
}
