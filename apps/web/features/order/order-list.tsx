"use client";
import { orderStatuses, orderStatusNames } from "@infirmary/shared/order";
import { Button } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMe } from "#lib/session/me.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import type { OrderFilter, OrderTab } from "./order-filter.ts";
import { OrderTable } from "./order-table.tsx";

const first: OrderFilter = { tab: "all", priority: "", mine: false, q: "", sort: "newest" };
const tabs: { key: OrderTab; label: string }[] = [
  { key: "all", label: "All" },
  ...orderStatuses.options.map((key) => ({ key, label: orderStatusNames[key] })),
];

/** Every lab order there is, newest first until the person sorts or filters. */
export function OrderList() {
  const { can } = useMe();
  const router = useRouter();
  const mayOrder = can("order.create");
  useShortcut(
    { keys: "n", label: "Order a lab test", group: "Lab orders" },
    () => router.push("/orders/new"),
    mayOrder,
  );
  const action = mayOrder && (
    <Button component={Link} href="/orders/new">
      Order lab test
    </Button>
  );
  return (
    <>
      <PageHeader title="Lab orders" actions={action} />
      <OrderTable
        name="orders"
        first={first}
        tabs={tabs}
        hasMine={mayOrder}
        empty={{ title: "No orders in this state.", hint: "They show up here as they come in." }}
      />
    </>
  );
}
