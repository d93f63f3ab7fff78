import type { Metadata } from "next";
import { SystemScreen } from "#features/system/system-screen.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "System" };

export default async function SystemPage() {
  await requirePermission("system.manage");
  return <SystemScreen />;
}
