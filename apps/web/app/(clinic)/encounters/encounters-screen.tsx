"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { EncounterTable } from "#features/encounter/encounter-list.tsx";
import { useMe } from "#lib/session/me.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { useShortcut } from "#ui/shortcut.tsx";

/** The clinic's visits: who waits, who is with a doctor, who is expected. */
export function EncountersScreen() {
  const { can } = useMe();
  const router = useRouter();
  const mayPlan = can("encounter.write");
  useShortcut({ keys: "n", label: "New visit", group: "Visits" }, () => router.push("/encounters/new"), mayPlan);
  return (
    <>
      <PageHeader
        title="Visits"
        actions={
          mayPlan && (
            <Button component={Link} href="/encounters/new" title="Shortcut: n">
              New visit
            </Button>
          )
        }
      />
      <EncounterTable />
    </>
  );
}
