import type { Metadata } from "next";
import { Person } from "#features/user/person.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Person" };
type Props = { params: Promise<{ id: string }> };

export default async function PersonPage({ params }: Props) {
  await requirePermission("user.manage");
  return <Person id={(await params).id} />;
}
