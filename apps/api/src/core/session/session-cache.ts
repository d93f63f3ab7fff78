import type { Database } from "@infirmary/db/client";
import { beginIn, isId } from "../begin.ts";
import { type Membership, type Session, workAt } from "../scope.ts";
import { type MembershipRows, membershipColumns, toMemberships } from "./memberships.ts";

const staleMs = 5_000;
const entriesMax = 20_000;
const touchMs = 60_000;

type SessionRow = {
  id: string;
  kind: "BROWSER" | "TOKEN";
  tenant_name: string;
  user_id: string;
  username: string;
  full_name: string;
  email: string;
  expires_at: Date;
  last_used_at: Date;
  authenticated_at: Date;
  last_active_at: Date;
  locked_at: Date | null;
  idle_lock_minutes: number;
  admins_need_factor: boolean;
  has_factor: boolean;
  facility_id: string | null;
} & MembershipRows;

const forgetting = new Set(["session.ended", "session.moved", "role.changed", "facility.changed", "user.changed"]);

/** Whether an event of this name changes who is signed in or what they may do: other processes forget their sessions of the tenant. */
export const forgetsSessions = (eventName: string): boolean => forgetting.has(eventName);

/**
 * Live sessions, read from the database at most every five seconds each. Ending one takes effect here at once, and in the other
 * processes as soon as the notice reaches them, five seconds at the latest. Where the database cannot be asked, nobody is signed in.
 */
export class SessionCache {
  private readonly entries = new Map<string, { session: Session | null; readAtMs: number }>();
  private readonly database: Database;
  private readonly now: () => Date;
  /** Counts what was forgotten: a read that began before does not enter the cache after. */
  private forgotten = 0;

  constructor(database: Database, now: () => Date) {
    this.database = database;
    this.now = now;
  }

  /** The session when it is live: not ended, not expired, its person active with at least one role. */
  async find(tenantId: string, sessionId: string): Promise<Session | null> {
    const key = `${tenantId}/${sessionId}`;
    const nowMs = this.now().getTime();
    const entry = this.entries.get(key);
    if (entry && nowMs - entry.readAtMs < staleMs)
      return entry.session && entry.session.expiresAt.getTime() > nowMs ? entry.session : null;
    const { forgotten } = this;
    const session = await this.read(tenantId, sessionId);
    if (forgotten !== this.forgotten) return session;
    if (this.entries.size >= entriesMax) this.entries.clear();
    this.entries.set(key, { session, readAtMs: nowMs });
    return session;
  }

  /** As `find`, of the database and not of the last five seconds. */
  findNow(tenantId: string, sessionId: string): Promise<Session | null> {
    this.forget(tenantId, sessionId);
    return this.find(tenantId, sessionId);
  }

  /** Forgets one session, or all of a tenant's when none is named. */
  forget(tenantId: string, sessionId?: string): void {
    this.forgotten++;
    if (sessionId) this.entries.delete(`${tenantId}/${sessionId}`);
    else for (const key of this.entries.keys()) if (key.startsWith(`${tenantId}/`)) this.entries.delete(key);
  }

  private async read(tenantId: string, sessionId: string): Promise<Session | null> {
    if (!isId(tenantId) || !isId(sessionId)) return null;
    const row = await this.database.pool.transaction(beginIn({ tenantId }), async (connection) => {
      const { rows } = await connection.query<SessionRow>({
        name: "session",
        text: sessionQuery,
        values: [tenantId, sessionId],
      });
      const [found] = rows;
      // A browser's session is used by what a person does in it (core/session/lock); a token's by every request.
      if (found?.kind === "TOKEN" && this.now().getTime() - found.last_used_at.getTime() > touchMs) {
        await connection.query("UPDATE session SET last_used_at = now() WHERE tenant_id = $1 AND id = $2", [
          tenantId,
          sessionId,
        ]);
      }
      return found;
    });
    return row && row.expires_at > this.now() ? toSession(tenantId, row) : null;
  }
}

const sessionQuery = `
  SELECT s.id, s.kind, t.name AS tenant_name, u.id AS user_id, u.username, u.full_name, u.email, s.expires_at, s.last_used_at, s.authenticated_at, s.last_active_at, s.locked_at,
    COALESCE(p.idle_lock_minutes, 15) AS idle_lock_minutes, s.facility_id,
    COALESCE(p.admins_need_factor, false) AS admins_need_factor,
    EXISTS (SELECT FROM totp_factor f WHERE f.tenant_id = s.tenant_id AND f.user_id = s.user_id AND f.confirmed_at IS NOT NULL)
      OR EXISTS (SELECT FROM passkey k WHERE k.tenant_id = s.tenant_id AND k.user_id = s.user_id) AS has_factor,
    ${membershipColumns("s.tenant_id", "s.user_id")}
  FROM session s
  JOIN user_account u ON u.tenant_id = s.tenant_id AND u.id = s.user_id AND u.status = 'ACTIVE'
  JOIN tenant t ON t.id = s.tenant_id
  LEFT JOIN sign_in_policy p ON p.tenant_id = s.tenant_id
  WHERE s.tenant_id = $1 AND s.id = $2 AND s.ended_at IS NULL`;

function toSession(tenantId: string, row: SessionRow): Session | null {
  const facilities = toMemberships(row);
  const present = facilities.find(({ id }) => id === row.facility_id) ?? facilities[0];
  if (!present) return null;
  return {
    id: row.id,
    kind: row.kind,
    tenantId,
    tenantName: row.tenant_name,
    userId: row.user_id,
    username: row.username,
    fullName: row.full_name,
    email: row.email,
    ...workAt(present),
    facilities: [present, ...facilities.filter((other) => other !== present)],
    expiresAt: row.expires_at,
    authenticatedAt: row.authenticated_at,
    lock: { activeAt: row.last_active_at, lockedAt: row.locked_at, idleMinutes: row.idle_lock_minutes },
    factor: { isRequired: row.admins_need_factor && facilities.some(isAdministrator), isThere: row.has_factor },
  };
}

/** Who decides over others' rights counts as an administrator, whatever the role is called. */
const isAdministrator = ({ permissions }: Membership) =>
  permissions.has("user.manage") || permissions.has("role.manage");
