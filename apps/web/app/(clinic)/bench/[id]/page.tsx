import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { EntryScreen } from "./entry-screen.tsx";

export const metadata: Metadata = { title: "Enter results" };
type Props = { params: Promise<{ id: string }> };

export default async function EntryPage({ params }: Props) {
  await requirePermission("result.enter");
  return <EntryScreen id={(await params).id} />;
}
