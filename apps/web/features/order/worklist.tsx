"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { PageHeader } from "#ui/page-header.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import { nextStepColumn } from "./next-step.tsx";
import { columnsOfWorklist } from "./order-columns.tsx";
import type { OrderFilter, OrderTab } from "./order-filter.ts";
import { OrderTable } from "./order-table.tsx";

const first: OrderFilter = { tab: "open", priority: "", mine: false, q: "", sort: "worklist" };
const tabs: { key: OrderTab; label: string }[] = [
  { key: "open", label: "Open" },
  { key: "ORDERED", label: "To start" },
  { key: "IN_PROGRESS", label: "In progress" },
  { key: "COMPLETED", label: "Waiting for review" },
  { key: "REVIEWED", label: "Reviewed" },
  { key: "CANCELLED", label: "Cancelled" },
];

const columnsOf = (today: string, now: number) => [...columnsOfWorklist(today, now), nextStepColumn];

/** The lab's home: what to do next, STAT first, then the oldest; overdue orders say by how much. */
export function Worklist() {
  const router = useRouter();
  useShortcut({ keys: "u", label: "Upload results", group: "Lab orders" }, () => router.push("/upload"));
  return (
    <>
      <PageHeader
        title="Worklist"
        actions={
          <Button component={Link} href="/upload" title="Shortcut: u">
            Upload results
          </Button>
        }
      />
      <OrderTable
        name="worklist"
        first={first}
        tabs={tabs}
        columnsOf={columnsOf}
        hasMine={false}
        empty={{ title: "Nothing to do here.", hint: "New orders show up by themselves, STAT at the top." }}
      />
    </>
  );
}
