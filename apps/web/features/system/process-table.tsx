"use client";
import type { RunningProcess } from "@infirmary/shared/system";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import type { ErrorInfo } from "#ui/error-state.tsx";

const names: Record<RunningProcess["process"], string> = { api: "API", worker: "Worker", mllp: "HL7 listener" };
const columns: readonly Column<RunningProcess>[] = [
  { key: "process", header: "Process", cell: ({ process }) => names[process] },
  { key: "version", header: "Version", width: "90px", cell: ({ version }) => version },
  { key: "started", header: "Since", width: "160px", cell: ({ startedAt }) => <DateTime at={startedAt} /> },
  { key: "seen", header: "Last told", width: "160px", yields: "first", cell: ({ seenAt }) => <DateTime at={seenAt} /> },
  {
    key: "calls",
    header: "Calls a minute",
    align: "right",
    cell: ({ callsPerMinute }) => callsPerMinute.toLocaleString("en-US"),
  },
  { key: "p95", header: "95 % within", align: "right", cell: ({ p95Ms }) => (p95Ms === null ? "" : `${p95Ms} ms`) },
  { key: "cpu", header: "Processor", align: "right", cell: ({ cpuPercent }) => `${cpuPercent} %` },
  { key: "memory", header: "Memory", align: "right", cell: ({ memoryMib }) => `${memoryMib} MiB` },
  {
    key: "delay",
    header: "Longest wait",
    align: "right",
    yields: "second",
    cell: ({ loopDelayMs }) => `${loopDelayMs} ms`,
  },
];

/** Every process that told of itself lately, as it was in its last full minute. */
export function ProcessTable({
  processes,
  error,
}: {
  processes: readonly RunningProcess[] | undefined;
  error: ErrorInfo | null;
}) {
  return (
    <DataTable
      caption="Processes"
      columns={columns}
      rows={processes}
      rowKey={({ instance }) => instance}
      error={error}
      empty={{ title: "None has told of itself yet.", hint: "Each does so once a minute." }}
      skeletonRows={3}
    />
  );
}
