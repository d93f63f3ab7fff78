import { AppError } from "../../../core/app-error.ts";
import type { Context } from "../../../core/context.ts";
import type { Scope } from "../../../core/scope.ts";
import { auditAlone, inWork } from "../../../core/unit-of-work.ts";
import { methodsOf } from "../../factor/index.ts";
import { notify } from "../../notification/index.ts";
import { attempt, forgetName, resetUseSubjects } from "../../throttle/index.ts";
import { endSessions } from "../end-session.ts";
import { hashPassword } from "../password.ts";
import { requireGoodPassword } from "../password-rules.ts";
import { findUser, setPasswordHash } from "../store.ts";
import { hashOfToken, tenantOfToken } from "../token.ts";
import { findReset, spendReset } from "./store.ts";

/**
 * Sets a password under a one-time link, the first one or a new one. All sessions of the person end, failed sign-ins are forgotten, second factors stay.
 * @throws AppError reset-link-void for a link that is unknown, used, expired or replaced; validation-failed keeps the link good
 */
export async function confirmReset(ctx: Context, { token, password }: { token: string; password: string }) {
  const { platform, request } = ctx;
  const person = await attempt(platform, resetUseSubjects(request.ip), () => personBehind(ctx, token));
  if (!person) throw new AppError("reset-link-void");
  const { scope, user, purpose, hasFactor, tokenHash } = person;
  await requireGoodPassword(platform, {
    password,
    field: "password",
    names: [user.username, user.fullName, user.email],
    hasFactor,
  });
  const passwordHash = await hashPassword(password);
  const isSet = await inWork(platform, scope, async (work) => {
    const { tx, now } = work;
    const { tenantId } = scope;
    if (!(await spendReset(tx, { tenantId, tokenHash, at: now }))) return false;
    await setPasswordHash(tx, { tenantId, id: user.id, passwordHash });
    work.audit({
      action: actionOf(purpose),
      entity: "user",
      entityId: user.id,
      by: { userId: user.id, username: user.username },
    });
    if (purpose === "invitation") {
      work.emit({ name: "user.changed" });
      return true;
    }
    await endSessions(work, { userId: user.id, reason: "the password was reset by a link" });
    await notify(work, [user.id], {
      kind: "password-reset",
      title: "Your password was set anew by a link sent to your e-mail. If that was not you, tell an administrator",
    });
    return true;
  });
  if (!isSet) throw new AppError("reset-link-void");
  await forgetName(platform, user.username);
}

const actionOf = (purpose: string) => (purpose === "invitation" ? "auth.accept-invitation" : "auth.reset-password");

/** Whose link it is, while it is good; a refusal of one that was good once is audited. */
async function personBehind({ platform, request }: Context, token: string) {
  const tenantId = tenantOfToken(token);
  if (!tenantId) return null;
  const scope: Scope = { tenantId, actor: null, requestId: request.id, ip: request.ip };
  const tokenHash = hashOfToken(token);
  const found = await inWork(platform, scope, async (work) => {
    const reset = await findReset(work.tx, { tenantId, tokenHash, at: work.now });
    const user = reset && (await findUser(work.tx, { tenantId, id: reset.userId }));
    if (!user) return null;
    const fault = reset.fault ?? (user.status === "ACTIVE" ? null : "the account is not active");
    return { user, purpose: reset.purpose, fault, hasFactor: (await methodsOf(work, user.id)).length > 0 };
  });
  if (!found) return null;
  const { user, purpose, fault, hasFactor } = found;
  if (fault === null) return { scope, user, purpose, hasFactor, tokenHash };
  await auditAlone(platform, scope, {
    action: actionOf(purpose),
    entity: "user",
    entityId: user.id,
    by: { userId: user.id, username: user.username },
    outcome: "refused",
    reason: `the link is no longer good: ${fault}`,
  });
  return null;
}
