import type { reauthenticateInput } from "@infirmary/shared/auth";
import { errorCodes, type FieldError } from "@infirmary/shared/core";
import type { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { recentSeconds } from "../../core/session/step-up.ts";
import { auditAlone } from "../../core/unit-of-work.ts";
import { checkOwnPasskey, guessCode, methodsOf } from "../factor/index.ts";
import { insideSubjects, refuseWhenThrottled } from "../throttle/index.ts";
import { guessPassword } from "./guess-password.ts";
import { findUser, noteProof } from "./store.ts";

/** Proves again who the person is, in the session they are in; sensitive steps are open for five minutes from now. */
export async function reauthenticate(
  ctx: ActorContext,
  proof: z.infer<typeof reauthenticateInput>,
): Promise<{ validUntil: string }> {
  const { session, platform } = ctx;
  const { tenantId } = session;
  if ("passkey" in proof) await checkOwnPasskey(ctx, proof.passkey);
  else await checkPassword(ctx, proof);
  return ctx.look(async (work) => {
    await noteProof(work.tx, { tenantId, id: session.id, at: work.now });
    work.audit({ action: "auth.reauthenticate", entity: "session", entityId: session.id });
    work.afterCommit(() => platform.sessions.forget(tenantId, session.id));
    return { validUntil: new Date(work.now.getTime() + recentSeconds * 1000).toISOString() };
  });
}

async function checkPassword(
  ctx: ActorContext,
  { password, code }: { password: string; code?: string | undefined },
): Promise<void> {
  const { session, platform } = ctx;
  const { tenantId, userId } = session;
  const subjects = insideSubjects(session.userId);
  await refuseWhenThrottled(platform, subjects);
  const user = await ctx.look(({ tx }) => findUser(tx, { tenantId, id: userId }));
  if (!(await guessPassword(platform, subjects, { passwordHash: user?.passwordHash ?? null, password })))
    await refuse(ctx, "wrong password", { path: "password", message: "This is not your password." });
  const methods = await ctx.look((work) => methodsOf(work, userId));
  if (methods.length === 0) return;
  if (!code) throw new AppError("validation-failed", { errors: [{ path: "code", message: "Required." }] });
  if (!(await guessCode(platform, ctx.scope, { userId, code })))
    await refuse(ctx, "wrong code", { path: "code", message: errorCodes["code-invalid"].title });
}

async function refuse({ platform, scope, session }: ActorContext, reason: string, error: FieldError): Promise<never> {
  await auditAlone(platform, scope, {
    action: "auth.reauthenticate",
    entity: "session",
    entityId: session.id,
    outcome: "failed",
    reason,
  });
  throw new AppError("validation-failed", { errors: [error] });
}
