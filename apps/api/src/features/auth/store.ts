import type { Database, Tx } from "@infirmary/db/client";

type Scoped = { tenantId: string };

/** The tenant and person behind a login name; asked before any tenant is known. */
export async function findLoginName(
  database: Database,
  username: string,
): Promise<{ tenantId: string; userId: string } | null> {
  const { rows } = await database.pool.query<{ tenant_id: string; user_id: string }>({
    name: "login-name",
    text: "SELECT tenant_id, user_id FROM login_name WHERE username = $1",
    values: [username],
  });
  const row = rows[0];
  return row ? { tenantId: row.tenant_id, userId: row.user_id } : null;
}

/** The tenant new accounts ask to join: the installation's first. */
export async function findHomeTenant(database: Database): Promise<string | null> {
  const { rows } = await database.pool.query<{ id: string }>("SELECT id FROM tenant ORDER BY created_at, id LIMIT 1");
  return rows[0]?.id ?? null;
}

export function findUser(tx: Tx, { tenantId, id }: Scoped & { id: string }) {
  return tx.user.findFirst({ where: { tenantId, id } });
}

export function insertSession(
  tx: Tx,
  session: {
    tenantId: string;
    id: string;
    userId: string;
    kind: "BROWSER" | "TOKEN";
    ip: string | null;
    userAgent: string | null;
    expiresAt: Date;
    authenticatedAt: Date;
    lastActiveAt: Date;
    proof: string;
  },
) {
  return tx.session.create({ data: session });
}

/** Locks the session's screen, or opens it: the person is there now. */
export async function setLock(
  tx: Tx,
  { tenantId, id, lockedAt, at }: Scoped & { id: string; lockedAt: Date | null; at: Date },
) {
  const active = lockedAt ? {} : { lastActiveAt: at, lastUsedAt: at };
  await tx.session.update({ where: { tenantId_id: { tenantId, id } }, data: { lockedAt, ...active } });
}

/** Notes that the person proved in this session who they are. */
export async function noteProof(tx: Tx, { tenantId, id, at }: Scoped & { id: string; at: Date }) {
  await tx.session.update({ where: { tenantId_id: { tenantId, id } }, data: { authenticatedAt: at } });
}

export async function noteSignIn(tx: Tx, { tenantId, id, at }: Scoped & { id: string; at: Date }) {
  await tx.user.update({ where: { tenantId_id: { tenantId, id } }, data: { lastSignInAt: at } });
}

export async function setPasswordHash(
  tx: Tx,
  { tenantId, id, passwordHash }: Scoped & { id: string; passwordHash: string },
) {
  await tx.user.update({ where: { tenantId_id: { tenantId, id } }, data: { passwordHash } });
}

/** Ends the person's sessions that are still open: all, one, or all but one. Answers with those it ended. */
export async function endSessionsOf(
  tx: Tx,
  {
    tenantId,
    userId,
    only,
    except,
    reason,
    at,
  }: Scoped & { userId: string; only?: string; except?: string; reason: string; at: Date },
): Promise<string[]> {
  const ended = await tx.session.updateManyAndReturn({
    where: {
      tenantId,
      userId,
      endedAt: null,
      ...(only ? { id: only } : {}),
      ...(except ? { id: { not: except } } : {}),
    },
    data: { endedAt: at, endReason: reason },
    select: { id: true },
  });
  return ended.map(({ id }) => id);
}

export function listSessions(tx: Tx, { tenantId, userId, at }: Scoped & { userId: string; at: Date }) {
  return tx.session.findMany({
    where: { tenantId, userId, endedAt: null, expiresAt: { gt: at } },
    orderBy: { lastUsedAt: "desc" },
    take: 100,
  });
}

export async function insertRefreshToken(
  tx: Tx,
  token: { tenantId: string; tokenHash: Uint8Array<ArrayBuffer>; sessionId: string; generation: number },
) {
  await tx.refreshToken.createMany({ data: [token], skipDuplicates: true });
}

/** How many tokens a session was given since an instant. */
export function countRefreshTokens(
  tx: Tx,
  { tenantId, sessionId, since }: Scoped & { sessionId: string; since: Date },
): Promise<number> {
  return tx.refreshToken.count({ where: { tenantId, sessionId, createdAt: { gt: since } } });
}

/** Spends the token if nobody has; of any number of concurrent callers exactly one gets it. */
export async function spendRefreshToken(
  tx: Tx,
  { tenantId, tokenHash, at }: Scoped & { tokenHash: Uint8Array<ArrayBuffer>; at: Date },
) {
  const [spent] = await tx.refreshToken.updateManyAndReturn({
    where: { tenantId, tokenHash, usedAt: null },
    data: { usedAt: at },
  });
  return spent ?? null;
}

export function findRefreshToken(tx: Tx, { tenantId, tokenHash }: Scoped & { tokenHash: Uint8Array<ArrayBuffer> }) {
  return tx.refreshToken.findFirst({
    where: { tenantId, tokenHash },
    include: { session: { include: { user: true } } },
  });
}

/** Deletes sessions that were over before an instant; their refresh tokens go with them. */
export async function deleteOldSessions(tx: Tx, { tenantId, before }: Scoped & { before: Date }): Promise<void> {
  await tx.session.deleteMany({
    where: { tenantId, OR: [{ endedAt: { lt: before } }, { expiresAt: { lt: before } }] },
  });
}

export async function deleteOldFailures(database: Database): Promise<void> {
  await database.pool.query("DELETE FROM sign_in_failure WHERE at < now() - interval '1 day'");
  await database.pool.query("DELETE FROM known_place WHERE last_at < now() - interval '90 days'");
}

/** Keeps a sign-in whose second factor is still to come. */
export async function insertChallenge(
  tx: Tx,
  challenge: Scoped & { tokenHash: Uint8Array<ArrayBuffer>; userId: string; expiresAt: Date },
) {
  await tx.signInChallenge.create({ data: challenge });
}

/** The challenge while it can still be answered. */
export function findChallenge(
  tx: Tx,
  { tenantId, tokenHash, at }: Scoped & { tokenHash: Uint8Array<ArrayBuffer>; at: Date },
) {
  return tx.signInChallenge.findFirst({ where: { tenantId, tokenHash, usedAt: null, expiresAt: { gt: at } } });
}

/** Takes the challenge for answered, once. */
export async function spendChallenge(
  tx: Tx,
  { tenantId, tokenHash, at }: Scoped & { tokenHash: Uint8Array<ArrayBuffer>; at: Date },
): Promise<boolean> {
  const { count } = await tx.signInChallenge.updateMany({
    where: { tenantId, tokenHash, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  });
  return count === 1;
}

export async function deleteOldChallenges(tx: Tx, { tenantId, before }: Scoped & { before: Date }): Promise<void> {
  await tx.signInChallenge.deleteMany({ where: { tenantId, expiresAt: { lt: before } } });
}

/** Where the session's person works from now on. */
export async function moveSession(
  tx: Tx,
  { tenantId, id, facilityId }: Scoped & { id: string; facilityId: string },
): Promise<void> {
  await tx.session.update({ where: { tenantId_id: { tenantId, id } }, data: { facilityId } });
}

/** The people who look after accounts: active, and holders of a role with that name. */
export async function listAdmins(tx: Tx, { tenantId }: Scoped): Promise<string[]> {
  const admins = await tx.user.findMany({
    where: { tenantId, status: "ACTIVE", memberships: { some: { role: "admin" } } },
    select: { id: true },
    take: 50,
  });
  return admins.map(({ id }) => id);
}
