import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { AuditScreen } from "./audit-screen.tsx";

export const metadata: Metadata = { title: "Audit" };
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  await requirePermission("audit.read");
  const { person, patient, outcome, action, from, to } = await searchParams;
  return (
    <AuditScreen
      initial={{
        ...(typeof person === "string" ? { userId: person } : {}),
        ...(typeof patient === "string" ? { patientId: patient } : {}),
        ...(typeof action === "string" ? { action } : {}),
        ...(typeof from === "string" ? { from } : {}),
        ...(typeof to === "string" ? { to } : {}),
        ...(outcome === "refused" || outcome === "failed" || outcome === "success" ? { outcome } : {}),
      }}
    />
  );
}
