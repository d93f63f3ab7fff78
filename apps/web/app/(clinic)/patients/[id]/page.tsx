import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { Chart } from "./chart.tsx";

export const metadata: Metadata = { title: "Chart" };
type Props = { params: Promise<{ id: string }> };

export default async function ChartPage({ params }: Props) {
  await requirePermission("patient.read");
  return <Chart id={(await params).id} />;
}
