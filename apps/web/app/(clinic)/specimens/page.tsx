import type { Metadata } from "next";
import { SpecimenList } from "#features/specimen/specimen-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Specimens" };

export default async function SpecimensPage() {
  await requirePermission("specimen.read");
  return <SpecimenList />;
}
