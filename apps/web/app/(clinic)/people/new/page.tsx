import type { Metadata } from "next";
import { CreateUser } from "#features/user/create-user.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";
import { PageHeader } from "#ui/page-header.tsx";

export const metadata: Metadata = { title: "Add a person" };

export default async function AddPersonPage() {
  await requirePermission("user.manage");
  return (
    <>
      <PageHeader title="Add a person" />
      <CreateUser />
    </>
  );
}
