"use client";
import type { QueueEntry } from "@infirmary/shared/queue";
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { useListState } from "#ui/list-state.ts";
import { useShortcut } from "#ui/shortcut.tsx";
import { useNow } from "#ui/use-now.ts";
import { usePoints, useQueue } from "./queries.ts";
import classes from "./queue.module.css";
import { queueColumns } from "./queue-columns.tsx";
import { useQueueSteps } from "./use-queue-steps.ts";

/** Who waits, in the order of calling, with the next step on the row. */
export function QueueList() {
  const { can, timeZone, me } = useMe();
  const now = useNow(15_000);
  const queue = useQuery(useQueue());
  const points = useQuery(usePoints());
  const steps = useQueueSteps();
  const mayCall = can("queue.call");
  const open = (points.data?.items ?? []).filter(({ isActive }) => isActive);
  const list = useListState<{ here: string }>(`queue ${me.facility.id}`, { here: "" });
  const here = open.find(({ id }) => id === list.filter.here) ?? open[0];
  const callNext = () => here && steps.callNext(here.id, here.name);
  useShortcut({ keys: "c", label: "Call the next patient", group: "Queue" }, callNext, mayCall && here !== undefined);
  return (
    <div className={classes.list}>
      {mayCall && (
        <div className={`${classes.bar} no-print`}>
          <NativeSelect
            label="I work at"
            value={here?.id ?? ""}
            disabled={open.length === 0}
            onChange={({ currentTarget: { value } }) => list.setFilter({ here: value })}
            data={open.length === 0 ? ["No service point"] : open.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Button onClick={callNext} disabled={!here} loading={steps.isBusy} title="Shortcut: c">
            Call next
          </Button>
          {points.data && open.length === 0 && (
            <p className={classes.dim}>An administrator sets the places that patients are called to.</p>
          )}
        </div>
      )}
      {steps.error && <ErrorState error={steps.error} isCompact />}
      <DataTable<QueueEntry>
        caption="Queue"
        columns={queueColumns({
          today: todayIn(timeZone),
          now,
          points: open,
          here: here?.id ?? "",
          steps: mayCall ? steps : null,
        })}
        rows={queue.data?.items}
        rowKey={({ id }) => id}
        rowTone={({ risk }) => (risk === "high" ? "critical" : undefined)}
        error={queue.error && apiError(queue.error)}
        onRetry={() => void queue.refetch()}
        skeletonRows={5}
        empty={{ title: "Nobody waits.", hint: "Patients who are checked in show up here by themselves." }}
      />
    </div>
  );
}
