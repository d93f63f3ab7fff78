import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { QueueScreen } from "./queue-screen.tsx";

export const metadata: Metadata = { title: "Queue" };

export default async function QueuePage() {
  await requirePermission("queue.read");
  return <QueueScreen />;
}
