import type { Metadata } from "next";
import { requirePermission } from "#lib/session/require-permission.ts";
import { OrderScreen } from "./order-screen.tsx";

export const metadata: Metadata = { title: "Lab order" };
type Props = { params: Promise<{ id: string }> };

export default async function OrderPage({ params }: Props) {
  await requirePermission("order.read");
  return <OrderScreen id={(await params).id} />;
}
