import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { AppointmentsScreen } from "./appointments-screen.tsx";

export const metadata: Metadata = { title: "Appointments" };
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AppointmentsPage({ searchParams }: Props) {
  await requirePermission("appointment.read");
  const { patientId } = await searchParams;
  return <AppointmentsScreen bookFor={typeof patientId === "string" ? patientId : null} />;
}
