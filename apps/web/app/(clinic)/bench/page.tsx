import type { Metadata } from "next";
import { Bench } from "#features/lab-result/bench.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Bench" };

export default async function BenchPage() {
  await requirePermission("result.enter");
  return <Bench />;
}
