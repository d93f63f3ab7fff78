import type { Platform } from "../../core/platform.ts";
import { watchDefaultPartition } from "./retention/watch-default.ts";

const monthsAhead = 3;

/** Makes the audit log's partitions of this month and three ahead, so that no month begins without its own; alarms where one did. */
export async function ensureAuditPartitions(platform: Platform): Promise<void> {
  const { rows } = await platform.database.pool.query<{ made: number }>(
    "SELECT ensure_audit_partitions((now() AT TIME ZONE 'UTC')::date, $1) AS made",
    [monthsAhead],
  );
  const made = rows[0]?.made ?? 0;
  if (made > 0) platform.log.info({ made }, "audit partitions made");
  await watchDefaultPartition(platform);
}
