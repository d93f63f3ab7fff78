import { eachTenant } from "../../core/each-tenant.ts";
import type { Platform } from "../../core/platform.ts";
import { deleteOldFailures, deleteOldSessions } from "./store.ts";

/** Deletes sessions that ended or expired a month ago, with their tokens, and sign-in failures that no longer count. */
export async function purgeSessions(platform: Platform): Promise<void> {
  await eachTenant(platform, ({ tx, scope, now }) =>
    deleteOldSessions(tx, { tenantId: scope.tenantId, before: new Date(now.getTime() - 30 * 86_400_000) }),
  );
  await deleteOldFailures(platform.database);
}
