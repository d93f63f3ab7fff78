import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { NewOrder } from "./new-order.tsx";

export const metadata: Metadata = { title: "Order a lab test" };
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewOrderPage({ searchParams }: Props) {
  await requirePermission("order.create");
  const { patientId } = await searchParams;
  return <NewOrder firstPatientId={typeof patientId === "string" ? patientId : null} />;
}
