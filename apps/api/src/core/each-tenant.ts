import { newId } from "./id.ts";
import type { Platform } from "./platform.ts";
import { inWork, type Work } from "./unit-of-work.ts";

/** Does a job's work for every tenant, each in its own scope and transaction. */
export async function eachTenant(platform: Platform, fn: (work: Work) => Promise<void>): Promise<void> {
  const { rows } = await platform.database.pool.query<{ id: string }>("SELECT id FROM tenant ORDER BY id");
  for (const { id } of rows) await inWork(platform, { tenantId: id, actor: null, requestId: newId(), ip: null }, fn);
}
