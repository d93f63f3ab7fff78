import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { insideSubjects, refuseWhenThrottled } from "../throttle/index.ts";
import { endSessions } from "./end-session.ts";
import { guessPassword } from "./guess-password.ts";
import { hashPassword } from "./password.ts";
import { requireGoodPassword } from "./password-rules.ts";
import { voidLinks } from "./reset/index.ts";
import { findUser, setPasswordHash } from "./store.ts";

/** Changes one's own password, which takes the present one; every other session of the account ends. */
export async function changePassword(
  ctx: ActorContext,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<void> {
  const { session, platform } = ctx;
  const { tenantId, userId } = session;
  const subjects = insideSubjects(session.userId);
  await refuseWhenThrottled(platform, subjects);
  const user = await ctx.look(({ tx }) => findUser(tx, { tenantId, id: userId }));
  const passwordHash = user?.passwordHash ?? null;
  if (!(await guessPassword(platform, subjects, { passwordHash, password: currentPassword }))) {
    throw new AppError("validation-failed", {
      errors: [{ path: "currentPassword", message: "This is not your present password." }],
    });
  }
  await requireGoodPassword(platform, {
    password: newPassword,
    field: "newPassword",
    names: [session.username, session.fullName, session.email],
    hasFactor: session.factor.isThere,
  });
  const newHash = await hashPassword(newPassword);
  await ctx.work(async (work) => {
    await setPasswordHash(work.tx, { tenantId, id: userId, passwordHash: newHash });
    work.audit({ action: "auth.change-password", entity: "user", entityId: userId });
    await voidLinks(work.tx, { tenantId, userId, at: work.now });
    await endSessions(work, { userId, except: session.id, reason: "the password was changed" });
  });
}
