import type { Metadata } from "next";
import { OrderList } from "#features/order/order-list.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "Lab orders" };

export default async function OrdersPage() {
  await requirePermission("order.read");
  return <OrderList />;
}
