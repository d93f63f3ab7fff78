import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { EncounterScreen } from "./encounter-screen.tsx";

export const metadata: Metadata = { title: "Visit" };
type Props = { params: Promise<{ id: string }> };

export default async function EncounterPage({ params }: Props) {
  await requirePermission("encounter.read");
  return <EncounterScreen id={(await params).id} />;
}
