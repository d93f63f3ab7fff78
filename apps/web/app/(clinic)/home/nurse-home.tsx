"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { columnsOfList } from "#features/order/order-columns.tsx";
import { OrderTable } from "#features/order/order-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";

const tabs = [
  { key: "all", label: "All" },
  { key: "open", label: "Waiting for results" },
  { key: "COMPLETED", label: "Results to review" },
  { key: "REVIEWED", label: "Reviewed" },
] as const;

/** Where a nurse starts: what has come back from the lab, and the way to a patient. */
export function NurseHome() {
  return (
    <>
      <PageHeader
        title="Home"
        description="Lab orders and results, newest first. Ctrl+K finds a patient."
        actions={
          <>
            <Button variant="default" component={Link} href="/patients">
              Patients
            </Button>
            <Button component={Link} href="/patients/new">
              Register patient
            </Button>
          </>
        }
      />
      <OrderTable
        name="nurse-home"
        first={{ tab: "all", priority: "", mine: false, q: "", sort: "newest" }}
        tabs={tabs}
        columnsOf={columnsOfList}
        hasMine={false}
        empty={{ title: "No lab orders here.", hint: "Orders and their results show up by themselves." }}
      />
    </>
  );
}
