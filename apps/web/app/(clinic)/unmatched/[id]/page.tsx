import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { UnmatchedScreen } from "./unmatched-screen.tsx";

export const metadata: Metadata = { title: "Unmatched message" };
type Props = { params: Promise<{ id: string }> };

export default async function UnmatchedMessagePage({ params }: Props) {
  await requirePermission("result.upload");
  return <UnmatchedScreen id={(await params).id} />;
}
