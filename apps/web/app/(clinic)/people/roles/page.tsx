import type { Metadata } from "next";
import { RoleList } from "#features/role/role-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Roles" };

export default async function RolesPage() {
  await requirePermission("role.manage");
  return <RoleList />;
}
