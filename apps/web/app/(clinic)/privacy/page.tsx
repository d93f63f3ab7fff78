import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { PrivacyScreen } from "./privacy-screen.tsx";

export const metadata: Metadata = { title: "Privacy" };

export default async function Page() {
  await requirePermission("privacy.review");
  return <PrivacyScreen />;
}
