"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { TodayList } from "#features/appointment/today-list.tsx";
import { columnsOfList } from "#features/order/order-columns.tsx";
import { OrderTable } from "#features/order/order-table.tsx";
import { QueueList } from "#features/queue/queue-list.tsx";
import { useMe } from "#lib/session/me.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import classes from "./home.module.css";

const tabs = [
  { key: "all", label: "All" },
  { key: "open", label: "Waiting for results" },
  { key: "COMPLETED", label: "Results to review" },
  { key: "REVIEWED", label: "Reviewed" },
] as const;

/** Where a nurse starts: who waits, who is expected, what has come back from the lab, and the way to a patient. */
export function NurseHome() {
  const { can } = useMe();
  return (
    <>
      <PageHeader
        title="Home"
        description="Who waits, who is expected, and results. Ctrl+K finds a patient."
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
      <div className={classes.parts}>
        {can("queue.read") && (
          <Section title="Waiting now">
            <QueueList />
          </Section>
        )}
        {can("appointment.read") && (
          <Section title="Expected today">
            <TodayList />
          </Section>
        )}
        <Section title="Lab orders and results">
          <OrderTable
            name="nurse-home"
            first={{ tab: "all", priority: "", mine: false, q: "", sort: "newest" }}
            tabs={tabs}
            columnsOf={columnsOfList}
            hasMine={false}
            empty={{ title: "No lab orders here.", hint: "Orders and their results show up by themselves." }}
          />
        </Section>
      </div>
    </>
  );
}
