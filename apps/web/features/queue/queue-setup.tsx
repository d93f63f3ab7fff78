"use client";
import type { ServicePoint } from "@infirmary/shared/queue";
import { Button, Code, CopyButton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Section } from "#ui/section.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { say } from "#ui/toast-store.ts";
import { useDisplays, useFreshQueue, usePoints, useTakeDown } from "./queries.ts";
import classes from "./queue.module.css";

const PointDialog = dynamic(() => import("./point-dialog.tsx").then((module) => module.PointDialog));
const DisplayDialog = dynamic(() => import("./display-dialog.tsx").then((module) => module.DisplayDialog));

/** Where patients are called to, and the screens of the waiting rooms. */
export function QueueSetup() {
  const points = useQuery(usePoints());
  const displays = useQuery(useDisplays());
  const takeDown = useMutation(useTakeDown());
  const refresh = useFreshQueue();
  const [open, setOpen] = useState<{ point: ServicePoint | null } | "display" | null>(null);
  const [link, setLink] = useState<string | null>(null);
  return (
    <>
      <Section
        title="Service points"
        actions={
          <Button variant="default" onClick={() => setOpen({ point: null })}>
            New service point
          </Button>
        }
      >
        <DataTable
          caption="Service points"
          skeletonRows={3}
          columns={[
            { key: "code", header: "Code", width: "84px", cell: ({ code }) => code },
            {
              key: "name",
              header: "Name",
              cell: (point) => (
                <button type="button" className={classes.plainLink} data-row-main onClick={() => setOpen({ point })}>
                  {point.name}
                </button>
              ),
            },
            {
              key: "state",
              header: "State",
              width: "128px",
              cell: ({ isActive }) => (
                <StatusBadge tone={isActive ? "plain" : "muted"}>{isActive ? "In use" : "Not in use"}</StatusBadge>
              ),
            },
          ]}
          rows={points.data?.items}
          rowKey={({ id }) => id}
          error={points.error && apiError(points.error)}
          onRetry={() => void points.refetch()}
          empty={{ title: "There are no service points yet.", hint: "A desk or a room that patients are called to." }}
        />
      </Section>
      <Section
        title="Screens of waiting rooms"
        actions={
          <Button variant="default" onClick={() => setOpen("display")}>
            New screen
          </Button>
        }
      >
        {link && (
          <div className={classes.made} role="status">
            <p>
              Open this link on the screen. It is shown this once; whoever has it sees numbers and places, nobody&apos;s
              name.
            </p>
            <Code block className={classes.linkText}>
              {link}
            </Code>
            <CopyButton value={link}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? "Copied" : "Copy link"}
                </Button>
              )}
            </CopyButton>
          </div>
        )}
        {takeDown.error && <ErrorState error={apiError(takeDown.error)} isCompact />}
        <DataTable
          caption="Screens of waiting rooms"
          skeletonRows={2}
          columns={[
            { key: "name", header: "Name", cell: ({ name }) => name },
            { key: "since", header: "Since", width: "160px", cell: ({ createdAt }) => <DateTime at={createdAt} /> },
            {
              key: "down",
              header: "Step",
              width: "128px",
              align: "right",
              cell: ({ id, name }) => (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Take down ${name}`}
                  onClick={() =>
                    takeDown.mutate(
                      { id },
                      {
                        onSuccess: () => {
                          say(`${name} shows nothing any more.`);
                          void refresh();
                        },
                      },
                    )
                  }
                >
                  Take down
                </Button>
              ),
            },
          ]}
          rows={displays.data?.items}
          rowKey={({ id }) => id}
          error={displays.error && apiError(displays.error)}
          onRetry={() => void displays.refetch()}
          empty={{ title: "There is no screen yet.", hint: "A screen shows who is called where, by numbers." }}
        />
      </Section>
      {open === "display" && (
        <DisplayDialog
          onClose={() => setOpen(null)}
          onMade={(token) => setLink(`${window.location.origin}/waiting-room#${token}`)}
        />
      )}
      {open !== null && open !== "display" && <PointDialog point={open.point} onClose={() => setOpen(null)} />}
    </>
  );
}
