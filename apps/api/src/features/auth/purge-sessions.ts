import { eachTenant } from "../../core/each-tenant.ts";
import type { Platform } from "../../core/platform.ts";
import { deleteOldPasskeyChallenges } from "../factor/index.ts";
import { deleteOldResets } from "./reset/index.ts";
import { deleteOldChallenges, deleteOldFailures, deleteOldSessions } from "./store.ts";

/** Deletes sessions that ended or expired a month ago, with their tokens, unanswered challenges, links of yesterday that set a password, and sign-in failures that no longer count. */
export async function purgeSessions(platform: Platform): Promise<void> {
  await eachTenant(platform, async ({ tx, scope, now }) => {
    await deleteOldSessions(tx, { tenantId: scope.tenantId, before: new Date(now.getTime() - 30 * 86_400_000) });
    await deleteOldChallenges(tx, { tenantId: scope.tenantId, before: now });
    await deleteOldResets(tx, { tenantId: scope.tenantId, before: new Date(now.getTime() - 86_400_000) });
  });
  await deleteOldPasskeyChallenges(platform);
  await deleteOldFailures(platform.database);
}
