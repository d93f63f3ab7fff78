"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { QueueList } from "#features/queue/queue-list.tsx";
import { useMe } from "#lib/session/me.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** Who waits at the facility worked at. */
export function QueueScreen() {
  const { can, me } = useMe();
  return (
    <>
      <PageHeader
        title="Queue"
        description={me.facility.name}
        actions={
          can("queue.manage") && (
            <Button variant="default" component={Link} href="/queue/setup">
              Service points and screens
            </Button>
          )
        }
      />
      <QueueList />
    </>
  );
}
