import type { Metadata } from "next";
import { ReviewList } from "#features/break-glass/review-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Emergency access" };

export default async function BreakGlassPage() {
  await requirePermission("privacy.review");
  return <ReviewList />;
}
