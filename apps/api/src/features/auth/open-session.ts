import { AppError } from "../../core/app-error.ts";
import type { Context } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import type { Platform } from "../../core/platform.ts";
import type { Scope, Session } from "../../core/scope.ts";
import { auditAlone, inWork } from "../../core/unit-of-work.ts";
import {
  countFailures,
  lockingFailures,
  refuseWhenThrottled,
  rememberPlace,
  signInSubjects,
} from "../throttle/index.ts";
import { guessPassword } from "./guess-password.ts";
import { hashPassword, isOutdated } from "./password.ts";
import { findHomeTenant, findLoginName, findUser, insertSession, noteSignIn, setPasswordHash } from "./store.ts";
import { tellOfLock } from "./tell-of-lock.ts";

/** A browser stays signed in for a working day, however busy (`trust` D14). */
const browserTtlSeconds = 12 * 3600;

/** An id that no account has. */
const nobody = "00000000-0000-0000-0000-000000000000";

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
  const subjects = await signInSubjects(platform, name, request.ip);
  await refuseWhenThrottled(platform, subjects);
  // An unknown name takes the same steps as a known one, down to the entry in the log: time tells nothing.
  const found = await findLoginName(platform.database, name);
  const home = await findHomeTenant(platform.database);
  const tenantId = found?.tenantId ?? home;
  if (!tenantId) throw new AppError("sign-in-failed");
  const scope: Scope = { tenantId, actor: null, requestId: request.id, ip: request.ip };
  const id = found?.userId ?? nobody;
  const user = await inWork(platform, scope, ({ tx }) => findUser(tx, { tenantId, id }));
  const fits = await guessPassword(platform, subjects, { passwordHash: user?.passwordHash ?? null, password });
  const by = user ? { userId: user.id, username: user.username } : null;
  if (!user || !by || !fits) {
    const failures = await countFailures(platform, subjects);
    await auditAlone(platform, scope, {
      action: "auth.sign-in",
      entity: "user",
      entityId: user?.id ?? null,
      ...(by ? { by } : {}),
      outcome: "failed",
      reason: user ? "wrong password" : "unknown name",
    });
    if (by && failures === lockingFailures) await tellOfLock(platform, scope, by);
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
  await rememberPlace(platform, name, request.ip);
  if (user.passwordHash !== null && isOutdated(user.passwordHash)) await rehash(platform, scope, user.id, password);
  return { scope, account: { id: user.id, username: user.username } };
}

/** Hashes a password anew that is known to be right, with today's parameters. */
async function rehash(platform: Platform, scope: Scope, id: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await inWork(platform, scope, ({ tx }) => setPasswordHash(tx, { tenantId: scope.tenantId, id, passwordHash }));
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
