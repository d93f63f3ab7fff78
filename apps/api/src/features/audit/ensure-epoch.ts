import type { Platform } from "../../core/platform.ts";

/** Before the first entry: in a database restored into another cluster transaction ids begin again, so the log begins a new epoch. */
export async function ensureAuditEpoch(platform: Platform): Promise<void> {
  const { rows } = await platform.database.pool.query<{ epoch: number }>("SELECT ensure_audit_epoch() AS epoch");
  platform.log.info({ epoch: rows[0]?.epoch }, "audit epoch");
}
