import { AppError } from "../../core/app-error.ts";
import type { Context } from "../../core/context.ts";
import type { Scope } from "../../core/scope.ts";
import { inWork, type Work } from "../../core/unit-of-work.ts";
import { countRefreshTokens, endSessionsOf, findRefreshToken, insertRefreshToken, spendRefreshToken } from "./store.ts";
import { hashOfToken, successorOf, tenantOfToken } from "./token.ts";

/** How long a spent token still gets its successor: parallel requests at the moment of expiry, answers lost on the way. */
const graceSeconds = 30;

/** A client that keeps asking for new tokens is broken or stolen: a session gets ten pairs a minute. */
const rotationsPerMinute = 10;

/**
 * Rotates a refresh token. A spent one within 30 s gets the same successor; later its reuse means that two hold it, and the
 * whole session ends. The session's 7 days never slide.
 */
export async function refreshTokens(
  ctx: Context,
  { refresh }: { refresh: string },
): Promise<{ access: string; refresh: string }> {
  const { platform, request } = ctx;
  const tenantId = tenantOfToken(refresh);
  if (!tenantId) throw new AppError("token-invalid");
  const scope: Scope = { tenantId, actor: null, requestId: request.id, ip: request.ip };
  const holder = await inWork(platform, scope, (work) => rotate(work, tenantId, refresh));
  if (!holder) throw new AppError("token-invalid");
  const session = await platform.sessions.find(tenantId, holder.sessionId);
  if (!session) throw new AppError("token-invalid");
  return {
    access: await platform.accessTokens.sign({ tenantId, userId: session.userId, sessionId: session.id }),
    refresh: successorOf(platform, tenantId, refresh),
  };
}

/** The session to go on with; null where there is none (and, after a reuse, none any more). */
async function rotate(work: Work, tenantId: string, refresh: string): Promise<{ sessionId: string } | null> {
  const { tx, platform, now, audit, afterCommit } = work;
  const tokenHash = hashOfToken(refresh);
  const spent = await spendRefreshToken(tx, { tenantId, tokenHash, at: now });
  if (spent) {
    const since = new Date(now.getTime() - 60_000);
    if ((await countRefreshTokens(tx, { tenantId, sessionId: spent.sessionId, since })) >= rotationsPerMinute)
      throw new AppError("too-many-attempts", { retryAfterSeconds: 60 });
    const successor = hashOfToken(successorOf(platform, tenantId, refresh));
    await insertRefreshToken(tx, {
      tenantId,
      tokenHash: successor,
      sessionId: spent.sessionId,
      generation: spent.generation + 1,
    });
    return { sessionId: spent.sessionId };
  }
  const known = await findRefreshToken(tx, { tenantId, tokenHash });
  if (!known?.usedAt) return null;
  if (now.getTime() - known.usedAt.getTime() <= graceSeconds * 1000) return { sessionId: known.sessionId };
  const { userId } = known.session;
  const ended = await endSessionsOf(tx, {
    tenantId,
    userId,
    only: known.sessionId,
    reason: "a spent refresh token was used again",
    at: now,
  });
  if (ended.length > 0)
    audit({
      action: "auth.token-reuse",
      entity: "session",
      entityId: known.sessionId,
      by: { userId, username: known.session.user.username },
      outcome: "refused",
      reason: "a spent refresh token was used again; the session was ended",
    });
  afterCommit(() => platform.sessions.forget(tenantId, known.sessionId));
  return null;
}
