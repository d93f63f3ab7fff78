import { AppError } from "../../core/app-error.ts";
import type { Context } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import type { Scope, Session } from "../../core/scope.ts";
import { auditAlone, inWork } from "../../core/unit-of-work.ts";
import { findLoginName, findUser, insertSession, noteSignIn } from "./store.ts";
import { forgetFailures, guessPassword, refuseWhenThrottled, subjectsOf } from "./throttle.ts";

/** A browser stays signed in for a working day, however busy (`trust` D14). */
const browserTtlSeconds = 12 * 3600;

/**
 * Signs a person in by name and password and opens a session row. Unknown name and wrong password are the same answer after the
 * same work; that an account waits or is closed is only told to who knows its password.
 */
export async function openSession(
  ctx: Context,
  { username, password, kind }: { username: string; password: string; kind: Session["kind"] },
): Promise<Session> {
  const { platform, request } = ctx;
  const name = username.trim().toLowerCase();
  const subjects = subjectsOf(name, request.ip);
  await refuseWhenThrottled(platform, subjects);
  const found = await findLoginName(platform.database, name);
  const scope: Scope | null = found
    ? { tenantId: found.tenantId, actor: null, requestId: request.id, ip: request.ip }
    : null;
  const user =
    found && scope
      ? await inWork(platform, scope, ({ tx }) => findUser(tx, { tenantId: found.tenantId, id: found.userId }))
      : null;
  const fits = await guessPassword(platform, subjects, { passwordHash: user?.passwordHash ?? null, password });
  const by = user ? { userId: user.id, username: user.username } : undefined;
  if (!user || !scope || !by || !fits) {
    if (scope && user && by)
      await auditAlone(platform, scope, {
        action: "auth.sign-in",
        entity: "user",
        entityId: user.id,
        by,
        outcome: "failed",
        reason: "wrong password",
      });
    else platform.log.warn({ requestId: request.id }, "sign-in with an unknown name");
    throw new AppError("sign-in-failed");
  }
  if (user.status !== "ACTIVE") {
    await auditAlone(platform, scope, {
      action: "auth.sign-in",
      entity: "user",
      entityId: user.id,
      by,
      outcome: "refused",
      reason: `account is ${user.status.toLowerCase()}`,
    });
    throw new AppError("account-inactive", {
      detail: user.status === "PENDING" ? "This account waits for an administrator's approval." : undefined,
    });
  }
  await forgetFailures(platform, subjects);
  const id = newId();
  const { tenantId } = scope;
  await inWork(platform, scope, async ({ tx, audit, now }) => {
    const ttlSeconds = kind === "BROWSER" ? browserTtlSeconds : platform.settings.refreshTtlSeconds;
    await insertSession(tx, {
      tenantId,
      id,
      userId: user.id,
      kind,
      ip: request.ip,
      userAgent: request.userAgent,
      expiresAt: new Date(now.getTime() + ttlSeconds * 1000),
      authenticatedAt: now,
    });
    await noteSignIn(tx, { tenantId, id: user.id, at: now });
    audit({
      action: "auth.sign-in",
      entity: "user",
      entityId: user.id,
      by,
      reason: kind.toLowerCase(),
    });
  });
  const session = await platform.sessions.find(tenantId, id);
  if (!session)
    throw new AppError("account-inactive", { detail: "This account holds no role yet. Ask an administrator." });
  return session;
}
