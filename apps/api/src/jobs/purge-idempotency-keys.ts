import { eachTenant } from "../core/each-tenant.ts";
import { deleteIdempotencyKeys } from "../core/idempotency.ts";
import type { Platform } from "../core/platform.ts";

/** Forgets answers kept for repeats after 24 hours (`trust` D11). */
export async function purgeIdempotencyKeys(platform: Platform): Promise<void> {
  await eachTenant(platform, ({ connection, scope }) => deleteIdempotencyKeys(connection, scope));
}
