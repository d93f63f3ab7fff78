import type { Metadata } from "next";
import { QueueSetup } from "#features/queue/queue-setup.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";
import { PageHeader } from "#ui/page-header.tsx";

export const metadata: Metadata = { title: "Service points" };

export default async function QueueSetupPage() {
  const { facility } = await requirePermission("queue.manage");
  return (
    <>
      <PageHeader title="Service points and screens" description={facility.name} />
      <QueueSetup />
    </>
  );
}
