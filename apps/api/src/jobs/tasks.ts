import type { TaskList } from "graphile-worker";
import type { Platform } from "../core/platform.ts";
import { ensureAuditPartitions } from "../features/audit/index.ts";
import { purgeSessions } from "../features/auth/index.ts";
import { purgeIdempotencyKeys } from "./purge-idempotency-keys.ts";

/** What runs when, in UTC. Each job may run twice without harm; a missed one is made up for at the next start. */
export const crontab = [
  "7 * * * * audit-partitions ?fill=1d",
  "23 * * * * purge-sessions ?fill=1d",
  "41 * * * * purge-idempotency-keys ?fill=1d",
].join("\n");

/** The jobs the worker knows, by name. */
export function tasksOf(platform: Platform): TaskList {
  return {
    "audit-partitions": async () => ensureAuditPartitions(platform),
    "purge-sessions": async () => purgeSessions(platform),
    "purge-idempotency-keys": async () => purgeIdempotencyKeys(platform),
  };
}
