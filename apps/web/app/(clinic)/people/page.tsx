import type { Metadata } from "next";
import { UserList } from "#features/user/user-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "People" };

export default async function UserListPage() {
  await requirePermission("user.manage");
  return <UserList />;
}
