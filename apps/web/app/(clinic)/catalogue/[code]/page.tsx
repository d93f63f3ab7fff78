import type { Metadata } from "next";
import { TestScreen } from "#features/catalog/test-screen.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Test" };
type Props = { params: Promise<{ code: string }> };

export default async function TestPage({ params }: Props) {
  await requirePermission("catalog.read");
  return <TestScreen code={(await params).code} />;
}
