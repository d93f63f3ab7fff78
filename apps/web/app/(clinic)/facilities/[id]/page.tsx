import type { Metadata } from "next";
import { FacilityScreen } from "#features/facility/facility-screen.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Facility" };
type Props = { params: Promise<{ id: string }> };

export default async function FacilityPage({ params }: Props) {
  await requirePermission("facility.manage");
  return <FacilityScreen id={(await params).id} />;
}
