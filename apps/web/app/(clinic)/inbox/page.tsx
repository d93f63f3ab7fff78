import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { InboxScreen } from "./inbox-screen.tsx";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage() {
  await requirePermission("order.review");
  return <InboxScreen />;
}
