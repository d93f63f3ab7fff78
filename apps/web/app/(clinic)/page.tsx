import { can } from "@infirmary/shared/access";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { requireUser } from "#lib/session/require-permission.ts";
import { PageHeader } from "#ui/page-header.tsx";

export const metadata: Metadata = { title: "Home" };

/** Home is where each role's work starts. */
export default async function HomePage() {
  const me = await requireUser();
  if (can(me.roles, "order.review")) redirect("/inbox");
  return <PageHeader title="Home" />;
}
