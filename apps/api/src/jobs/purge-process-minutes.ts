import type { Platform } from "../core/platform.ts";

/** Deletes what processes told of themselves more than a week and a day ago: the status page draws a week. */
export async function purgeProcessMinutes({ database }: Platform): Promise<void> {
  await database.pool.query("DELETE FROM process_minute WHERE minute < now() - interval '8 days'");
}
