import { AppError } from "../app-error.ts";
import { beginIn } from "../begin.ts";
import type { Platform } from "../platform.ts";
import type { Session } from "../scope.ts";

/** A person's action is noted at most this often. */
const noteMs = 15_000;

/** When the session's screen locks if nobody does anything until then; null for a system's session, which has no screen. */
export function locksAt({ kind, lock }: Session): Date | null {
  if (kind !== "BROWSER") return null;
  return lock.lockedAt ?? new Date(lock.activeAt.getTime() + lock.idleMinutes * 60_000);
}

export function isLocked(platform: Platform, session: Session): boolean {
  const at = locksAt(session);
  return at !== null && at <= platform.now();
}

/**
 * Refuses while the screen is locked; otherwise notes that a person acted, where this request says one did. What a page asks for by
 * itself (polling, live updates) says nothing and keeps no session awake.
 * @throws AppError session-locked; `auth.unlock` is the way on, then the same call again
 */
export async function requireUnlocked(platform: Platform, session: Session, isActive: boolean): Promise<void> {
  if (isLocked(platform, session)) {
    // Another process may have seen the person act since this one read the session.
    const known = await platform.sessions.findNow(session.tenantId, session.id);
    if (!known || isLocked(platform, known)) throw new AppError("session-locked");
    session.lock = known.lock;
  }
  const now = platform.now();
  if (!isActive || session.kind !== "BROWSER" || now.getTime() - session.lock.activeAt.getTime() < noteMs) return;
  session.lock.activeAt = now;
  await platform.database.pool.transaction(beginIn(session), (connection) =>
    connection.query({
      name: "session-active",
      text: "UPDATE session SET last_active_at = $3, last_used_at = $3 WHERE tenant_id = $1 AND id = $2 AND locked_at IS NULL AND last_active_at < $3",
      values: [session.tenantId, session.id, now],
    }),
  );
}
