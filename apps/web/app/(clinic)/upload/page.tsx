import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { Upload } from "./upload.tsx";

export const metadata: Metadata = { title: "Upload results" };
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function UploadPage({ searchParams }: Props) {
  await requirePermission("result.upload");
  const { orderId } = await searchParams;
  return <Upload orderId={typeof orderId === "string" ? orderId : null} />;
}
