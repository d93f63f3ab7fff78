import type { Metadata } from "next";
import { CriticalList } from "#features/critical-call/critical-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Critical values" };

export default async function CriticalsPage() {
  await requirePermission("result.verify");
  return <CriticalList />;
}
