import type { unlockInput } from "@infirmary/shared/auth";
import { errorCodes } from "@infirmary/shared/core";
import type { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { isLocked, locksAt } from "../../core/session/lock.ts";
import { auditAlone } from "../../core/unit-of-work.ts";
import { checkOwnPasskey, guessCode } from "../factor/index.ts";
import { insideSubjects, refuseWhenThrottled } from "../throttle/index.ts";
import { guessPassword } from "./guess-password.ts";
import { findUser, setLock } from "./store.ts";

/** Whether the screen is locked, and when it will be; asking keeps nothing awake. */
export async function lockState({ platform, session }: ActorContext) {
  const known = (await platform.sessions.findNow(session.tenantId, session.id)) ?? session;
  return { isLocked: isLocked(platform, known), locksAt: locksAt(known)?.toISOString() ?? null };
}

/** Locks the screen now. The work on it stays. */
export function lockNow({ session, look }: ActorContext): Promise<void> {
  return look(async ({ tx, scope, now, audit, platform, afterCommit, emit }) => {
    await setLock(tx, { tenantId: scope.tenantId, id: session.id, lockedAt: now, at: now });
    audit({ action: "auth.lock", entity: "session", entityId: session.id });
    afterCommit(() => platform.sessions.forget(scope.tenantId, session.id));
    emit({ name: "session.ended", userId: session.userId });
  });
}

/**
 * Opens the screen again with one factor of the person it belongs to; the session goes on where it was. It is no fresh proof for a
 * sensitive step.
 */
export async function unlock(ctx: ActorContext, proof: z.infer<typeof unlockInput>): Promise<void> {
  const { platform, session } = ctx;
  const { tenantId, id } = session;
  if ("passkey" in proof) await checkOwnPasskey(ctx, proof.passkey);
  else if ("code" in proof) {
    if (!(await guessCode(platform, ctx.scope, { userId: session.userId, code: proof.code })))
      await refuse(ctx, "code", errorCodes["code-invalid"].title);
  } else if (!(await isOwnPassword(ctx, proof.password))) await refuse(ctx, "password", "This is not your password.");
  await ctx.look(async ({ tx, now, audit, afterCommit }) => {
    await setLock(tx, { tenantId, id, lockedAt: null, at: now });
    audit({ action: "auth.unlock", entity: "session", entityId: id });
    afterCommit(() => platform.sessions.forget(tenantId, id));
  });
}

async function isOwnPassword({ platform, session, look }: ActorContext, password: string): Promise<boolean> {
  const subjects = insideSubjects(session.userId);
  await refuseWhenThrottled(platform, subjects);
  const user = await look(({ tx }) => findUser(tx, { tenantId: session.tenantId, id: session.userId }));
  return guessPassword(platform, subjects, { passwordHash: user?.passwordHash ?? null, password });
}

async function refuse({ platform, scope, session }: ActorContext, path: string, message: string): Promise<never> {
  await auditAlone(platform, scope, {
    action: "auth.unlock",
    entity: "session",
    entityId: session.id,
    outcome: "failed",
    reason: `wrong ${path}`,
  });
  throw new AppError("validation-failed", { errors: [{ path, message }] });
}
