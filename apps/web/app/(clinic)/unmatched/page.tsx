import type { Metadata } from "next";
import { UnmatchedList } from "#features/unmatched/unmatched-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Unmatched messages" };

export default async function UnmatchedPage() {
  await requirePermission("result.upload");
  return <UnmatchedList />;
}
