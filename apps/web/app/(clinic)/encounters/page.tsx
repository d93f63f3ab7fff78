import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { EncountersScreen } from "./encounters-screen.tsx";

export const metadata: Metadata = { title: "Visits" };

export default async function EncountersPage() {
  await requirePermission("encounter.read");
  return <EncountersScreen />;
}
