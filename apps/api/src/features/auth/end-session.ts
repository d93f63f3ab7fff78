import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { endSessionsOf, findRefreshToken, listSessions } from "./store.ts";
import { hashOfToken, tenantOfToken } from "./token.ts";

/** Ends sessions of a person; their cookies and tokens open nothing from the commit on. Answers how many. */
export async function endSessions(
  work: Work,
  options: { userId: string; only?: string; except?: string; reason: string },
): Promise<number> {
  const { tx, scope, platform, now, audit, emit, afterCommit } = work;
  const ended = await endSessionsOf(tx, { tenantId: scope.tenantId, at: now, ...options });
  for (const id of ended) {
    audit({ action: "auth.end-session", entity: "session", entityId: id, reason: options.reason });
    afterCommit(() => platform.sessions.forget(scope.tenantId, id));
  }
  if (ended.length > 0) emit({ name: "session.ended", userId: options.userId });
  return ended.length;
}

/** Signs out: the session of the request, and that of the refresh token where it is another of the same person. */
export async function signOut(work: Work, { refresh }: { refresh?: string | undefined }): Promise<void> {
  const { tx, scope } = work;
  const session = scope.actor;
  if (!session) throw new AppError("not-signed-in");
  await endSessions(work, { userId: session.userId, only: session.id, reason: "signed out" });
  if (!refresh || tenantOfToken(refresh) !== scope.tenantId) return;
  const token = await findRefreshToken(tx, { tenantId: scope.tenantId, tokenHash: hashOfToken(refresh) });
  if (token && token.session.userId === session.userId && token.sessionId !== session.id) {
    await endSessions(work, { userId: session.userId, only: token.sessionId, reason: "signed out" });
  }
}

/** The places a person is signed in, most recent first. */
export async function sessionsOf(work: Work, userId: string) {
  const rows = await listSessions(work.tx, { tenantId: work.scope.tenantId, userId, at: work.now });
  const idleMinutes = work.scope.actor?.lock.idleMinutes ?? 15;
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind === "BROWSER" ? ("BROWSER" as const) : ("TOKEN" as const),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    ip: row.ip,
    userAgent: row.userAgent,
    proof: row.proof,
    isLocked:
      row.kind === "BROWSER" &&
      (row.lockedAt !== null || work.now.getTime() - row.lastActiveAt.getTime() > idleMinutes * 60_000),
    expiresAt: row.expiresAt.toISOString(),
    isCurrent: row.id === work.scope.actor?.id,
  }));
}
