import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { EditChart } from "./edit-chart.tsx";

export const metadata: Metadata = { title: "Change patient details" };
type Props = { params: Promise<{ id: string }> };

export default async function EditPatientPage({ params }: Props) {
  await requirePermission("patient.write");
  return <EditChart id={(await params).id} />;
}
