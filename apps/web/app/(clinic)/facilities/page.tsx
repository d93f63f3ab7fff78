import type { Metadata } from "next";
import { FacilityList } from "#features/facility/facility-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Facilities" };

export default async function FacilitiesPage() {
  await requirePermission("facility.manage");
  return <FacilityList />;
}
