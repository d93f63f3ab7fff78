import { can } from "@infirmary/shared/access";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { OrderVolume } from "#features/order/order-volume.tsx";
import { Worklist } from "#features/order/worklist.tsx";
import { requireUser } from "#lib/session/require-permission.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { AdminHome } from "./home/admin-home.tsx";
import { NurseHome } from "./home/nurse-home.tsx";

export const metadata: Metadata = { title: "Home" };

/** Home is where a role's work starts; of several roles the one nearest to the patient decides. */
export default async function HomePage() {
  const { permissions } = await requireUser();
  if (can(permissions, "order.review")) redirect("/inbox");
  if (can(permissions, "order.process")) return <Worklist />;
  if (can(permissions, "user.manage")) return <AdminHome />;
  if (can(permissions, "result.read")) return <NurseHome />;
  if (can(permissions, "privacy.review")) redirect("/privacy");
  if (can(permissions, "order.volume")) return <OrderVolume />;
  return (
    <>
      <PageHeader title="Home" />
      <EmptyState title="This account has no role yet." hint="Ask an administrator to give it one." />
    </>
  );
}
