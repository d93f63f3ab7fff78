import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { recentSeconds } from "../../core/session/step-up.ts";
import { auditAlone } from "../../core/unit-of-work.ts";
import { findUser, noteProof } from "./store.ts";
import { guessPassword, refuseWhenThrottled, subjectsOf } from "./throttle.ts";

/** Proves again who the person is, in the session they are in; sensitive steps are open for five minutes from now. */
export async function reauthenticate(
  ctx: ActorContext,
  { password }: { password: string },
): Promise<{ validUntil: string }> {
  const { session, platform, request } = ctx;
  const { tenantId, userId } = session;
  const subjects = subjectsOf(session.username, request.ip);
  await refuseWhenThrottled(platform, subjects);
  const user = await ctx.look(({ tx }) => findUser(tx, { tenantId, id: userId }));
  if (!(await guessPassword(platform, subjects, { passwordHash: user?.passwordHash ?? null, password }))) {
    await auditAlone(platform, ctx.scope, {
      action: "auth.reauthenticate",
      entity: "session",
      entityId: session.id,
      outcome: "failed",
      reason: "wrong password",
    });
    throw new AppError("validation-failed", {
      errors: [{ path: "password", message: "This is not your password." }],
    });
  }
  return ctx.look(async (work) => {
    await noteProof(work.tx, { tenantId, id: session.id, at: work.now });
    work.audit({ action: "auth.reauthenticate", entity: "session", entityId: session.id });
    work.afterCommit(() => platform.sessions.forget(tenantId, session.id));
    return { validUntil: new Date(work.now.getTime() + recentSeconds * 1000).toISOString() };
  });
}
