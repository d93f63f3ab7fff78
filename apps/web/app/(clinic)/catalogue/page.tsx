import type { Metadata } from "next";
import { TestList } from "#features/catalog/test-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Test catalogue" };

export default async function CataloguePage() {
  await requirePermission("catalog.read");
  return <TestList />;
}
