import type { Task, TaskList } from "graphile-worker";
import type { Mailer } from "../core/mail.ts";
import type { Platform } from "../core/platform.ts";
import { sendReminders } from "../features/appointment/index.ts";
import {
  type CheckParts,
  checkLogs,
  ensureAuditPartitions,
  retireMonths,
  type Signer,
} from "../features/audit/index.ts";
import { purgeSessions, sendResetLinks, sendResetTask } from "../features/auth/index.ts";
import { purgeIdempotencyKeys } from "./purge-idempotency-keys.ts";
import { purgeProcessMinutes } from "./purge-process-minutes.ts";

/** What runs when, in UTC. Each job may run twice without harm; a missed one is made up for at the next start. */
export const crontab = [
  "7 * * * * audit-partitions ?fill=1d",
  "11 4 * * * audit-retention ?fill=1d",
  "*/5 * * * * audit-check",
  "37 2 * * * audit-check-whole ?fill=1d",
  "23 * * * * purge-sessions ?fill=1d",
  "41 * * * * purge-idempotency-keys ?fill=1d",
  "53 * * * * purge-process-minutes ?fill=1d",
  "* * * * * send-reminders",
].join("\n");

/** The jobs the worker knows, by name. */
export function tasksOf(
  platform: Platform,
  { mailer, ...check }: CheckParts & { signer: Signer; archiveFolder: string; mailer: Mailer },
): TaskList {
  return measured(platform, {
    "audit-check": async () => checkLogs(platform, check, "recent"),
    "audit-check-whole": async () => checkLogs(platform, check, "whole"),
    "audit-retention": async () =>
      void (await retireMonths(platform, { signer: check.signer, folder: check.archiveFolder })),
    "audit-partitions": async () => ensureAuditPartitions(platform),
    [sendResetTask]: async (payload) => sendResetLinks(platform, mailer, payload),
    "send-reminders": async () => sendReminders(platform, mailer),
    "purge-sessions": async () => purgeSessions(platform),
    "purge-idempotency-keys": async () => purgeIdempotencyKeys(platform),
    "purge-process-minutes": async () => purgeProcessMinutes(platform),
  });
}

/** Every job timed and counted by its name. */
function measured({ meter }: Platform, tasks: Record<string, Task>): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]): [string, Task] => [
      name,
      (payload, helpers) => meter.measure(`job.${name}`, async () => task(payload, helpers)),
    ]),
  );
}
