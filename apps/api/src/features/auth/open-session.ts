import { AppError } from "../../core/app-error.ts";
import type { Context } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import type { Scope, Session } from "../../core/scope.ts";
import { auditAlone, inWork } from "../../core/unit-of-work.ts";
import { forgetFailures, refuseWhenThrottled, subjectsOf } from "../throttle/index.ts";
import { guessPassword } from "./guess-password.ts";
import { findLoginName, findUser, insertSession, noteSignIn } from "./store.ts";

/** A browser stays signed in for a working day, however busy (`trust` D14). */
const browserTtlSeconds = 12 * 3600;

export type Account = { id: string; username: string };

/**
 * Finds the person behind a name and a password. Unknown name and wrong password are the same answer after the
 * same work; that an account waits or is closed is only told to who knows its password.
 */
export async function proveByPassword(
  ctx: Context,
  { username, password }: { username: string; password: string },
): Promise<{ scope: Scope; account: Account }> {
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
  return { scope, account: { id: user.id, username: user.username } };
}

/** Opens the session of a person who has proved who they are. @param proof as `session.proof` names it */
export async function startSession(
  ctx: Context,
  { scope, account, kind, proof }: { scope: Scope; account: Account; kind: Session["kind"]; proof: string },
): Promise<Session> {
  const { platform, request } = ctx;
  const id = newId();
  const { tenantId } = scope;
  await inWork(platform, scope, async ({ tx, audit, now }) => {
    const ttlSeconds = kind === "BROWSER" ? browserTtlSeconds : platform.settings.refreshTtlSeconds;
    await insertSession(tx, {
      tenantId,
      id,
      userId: account.id,
      kind,
      ip: request.ip,
      userAgent: request.userAgent,
      expiresAt: new Date(now.getTime() + ttlSeconds * 1000),
      authenticatedAt: now,
      lastActiveAt: now,
      proof,
    });
    await noteSignIn(tx, { tenantId, id: account.id, at: now });
    audit({
      action: "auth.sign-in",
      entity: "user",
      entityId: account.id,
      by: { userId: account.id, username: account.username },
      reason: `${kind.toLowerCase()}, ${proof}`,
    });
  });
  const session = await platform.sessions.find(tenantId, id);
  if (!session)
    throw new AppError("account-inactive", { detail: "This account holds no role yet. Ask an administrator." });
  return session;
}
