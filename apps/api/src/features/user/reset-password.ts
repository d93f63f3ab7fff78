import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { endSessions, hashPassword } from "../auth/index.ts";
import { setPassword } from "./store.ts";

/** Sets a new password for a person and ends that person's sessions. */
export async function resetPassword(
  ctx: ActorContext,
  { id, password }: { id: string; password: string },
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await ctx.work(async (work) => {
    if (!(await setPassword(work.tx, { tenantId: work.scope.tenantId, id, passwordHash })))
      throw new AppError("not-found");
    work.audit({ action: "user.reset-password", entity: "user", entityId: id });
    await endSessions(work, { userId: id, reason: "the password was reset" });
  });
}
