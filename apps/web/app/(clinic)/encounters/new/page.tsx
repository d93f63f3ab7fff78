import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { NewEncounter } from "./new-encounter.tsx";

export const metadata: Metadata = { title: "New visit" };
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewEncounterPage({ searchParams }: Props) {
  await requirePermission("encounter.write");
  const { patientId } = await searchParams;
  return <NewEncounter firstPatientId={typeof patientId === "string" ? patientId : null} />;
}
