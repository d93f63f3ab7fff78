import type { Platform } from "../../core/platform.ts";
import type { Scope } from "../../core/scope.ts";
import { inWork } from "../../core/unit-of-work.ts";
import { notify } from "../notification/index.ts";
import { lockingFailures } from "../throttle/index.ts";
import { listAdmins } from "./store.ts";

/** Tells the owner and the administrators that so many guesses failed that each further one waits a quarter of an hour. */
export async function tellOfLock(
  platform: Platform,
  scope: Scope,
  { userId, username }: { userId: string; username: string },
): Promise<void> {
  await inWork(platform, scope, async (work) => {
    work.audit({
      action: "auth.lock-out",
      entity: "user",
      entityId: userId,
      by: { userId, username },
      outcome: "refused",
      reason: `${lockingFailures} failed sign-ins in a row`,
    });
    await notify(work, [userId, ...(await listAdmins(work.tx, scope))], {
      kind: "account-locked",
      title: `${lockingFailures} failed sign-ins in a row as ${username}: each further try waits 15 minutes`,
    });
  });
}
