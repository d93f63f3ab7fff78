"use client";
import { type QueueEntry, queuePriorities, queuePriorityNames, type ServicePoint } from "@infirmary/shared/queue";
import { riskNames } from "@infirmary/shared/vitals";
import { Button, NativeSelect } from "@mantine/core";
import Link from "next/link";
import { ageAndSex, patientName } from "#lib/patient-name.ts";
import type { Column } from "#ui/data-table.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import classes from "./queue.module.css";
import type { useQueueSteps } from "./use-queue-steps.ts";
import { WaitText } from "./wait-text.tsx";

type Input = {
  today: string;
  now: number;
  points: readonly ServicePoint[];
  /** Where the person works now; empty for nowhere. */
  here: string;
  steps: ReturnType<typeof useQueueSteps> | null;
};

/** The columns of who waits; without `steps` it is only looked at. */
export function queueColumns({ today, now, points, here, steps }: Input): Column<QueueEntry>[] {
  const columns: Column<QueueEntry>[] = [
    {
      key: "ticket",
      header: "Number",
      width: "84px",
      cell: ({ ticket }) => <strong className={classes.ticket}>{ticket}</strong>,
    },
    {
      key: "patient",
      header: "Patient",
      cell: ({ encounterId, patient }) => (
        <Link href={`/encounters/${encounterId}`} data-row-main>
          <bdi>{patientName(patient)}</bdi> <span className={classes.dim}>{ageAndSex(patient, today)}</span>
        </Link>
      ),
    },
    {
      key: "wait",
      header: "Waiting",
      width: "144px",
      align: "right",
      cell: (entry) => <WaitText entry={entry} now={now} />,
    },
    {
      key: "risk",
      header: "Early warning",
      width: "128px",
      yields: "first",
      cell: ({ risk }) =>
        risk && (
          <StatusBadge tone={risk === "high" ? "critical" : risk === "low" ? "plain" : "abnormal"}>
            {riskNames[risk]} risk
          </StatusBadge>
        ),
    },
    {
      key: "state",
      header: "State",
      width: "176px",
      cell: ({ status, servicePointName }) => (
        <StatusBadge tone={status === "CALLED" ? "accent" : "plain"}>
          {status === "CALLED"
            ? `Called to ${servicePointName}`
            : servicePointName
              ? `Waits for ${servicePointName}`
              : "Waiting"}
        </StatusBadge>
      ),
    },
  ];
  if (!steps) return columns;
  const nameOf = (id: string) => points.find((point) => point.id === id)?.name ?? "";
  return [
    ...columns,
    {
      key: "priority",
      header: "Priority",
      width: "128px",
      cell: (entry) => (
        <NativeSelect
          size="xs"
          aria-label={`Priority of ${entry.ticket}`}
          value={entry.priority}
          onChange={({ currentTarget: { value } }) => {
            const priority = queuePriorities.parse(value);
            steps.step(entry, { priority }, `${entry.ticket} is ${queuePriorityNames[priority].toLowerCase()} now.`);
          }}
          data={queuePriorities.options.map((value) => ({ value, label: queuePriorityNames[value] }))}
        />
      ),
    },
    {
      key: "send",
      header: "Send to",
      width: "160px",
      yields: "second",
      cell: (entry) => (
        <NativeSelect
          size="xs"
          aria-label={`Send ${entry.ticket} to`}
          value={entry.status === "WAITING" ? (entry.servicePointId ?? "") : ""}
          onChange={({ currentTarget: { value } }) =>
            steps.step(
              entry,
              { status: "WAITING", servicePointId: value || null },
              value ? `${entry.ticket} waits for ${nameOf(value)}.` : `${entry.ticket} waits.`,
            )
          }
          data={[
            { value: "", label: entry.status === "CALLED" ? "Waiting" : "Anywhere" },
            ...points.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      ),
    },
    {
      key: "actions",
      header: "Steps",
      width: "132px",
      align: "right",
      cell: (entry) => (
        <span className={classes.steps}>
          {entry.status === "CALLED" ? (
            <Button
              size="compact-sm"
              variant="default"
              disabled={steps.isBusy}
              onClick={() => steps.step(entry, { status: "SERVED" }, `${entry.ticket} was seen.`)}
            >
              Seen
            </Button>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              disabled={steps.isBusy || here === ""}
              aria-label={`Call ${entry.ticket}`}
              onClick={() =>
                steps.step(
                  entry,
                  { status: "CALLED", servicePointId: here },
                  `${entry.ticket} called to ${nameOf(here)}.`,
                )
              }
            >
              Call
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={steps.isBusy}
            aria-label={`${entry.ticket} left`}
            onClick={() => steps.step(entry, { status: "LEFT" }, `${entry.ticket} left.`)}
          >
            Left
          </Button>
        </span>
      ),
    },
  ];
}
