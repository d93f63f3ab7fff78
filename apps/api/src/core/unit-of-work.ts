import type { Connection, Tx } from "@infirmary/db/client";
import { requireInScope } from "./access/require-in-scope.ts";
import { type AuditInput, writeAudit } from "./audit.ts";
import { beginIn } from "./begin.ts";
import { isRetryable, translateDatabaseError } from "./database-error.ts";
import { type EventInput, type EventRow, toRow, toStored, writeEvents } from "./event.ts";
import { claimIdempotencyKey, type IdempotencyClaim, storeIdempotentAnswer } from "./idempotency.ts";
import { isUnknownKey } from "./keys/field-keys.ts";
import type { Platform } from "./platform.ts";
import type { Scope } from "./scope.ts";

/** One request's transaction: the handle for stores, and what goes with it when it commits. */
export type Work = {
  /** Prisma in this transaction. */
  tx: Tx;
  /** The same connection for a hot statement, in this transaction. */
  connection: Connection;
  scope: Scope;
  platform: Platform;
  now: Date;
  /** Adds an entry to the audit log, written before the commit. */
  audit(entry: AuditInput): void;
  /** Announces what happened: stored with the commit, live after it. */
  emit(event: EventInput): void;
  /** Runs after the commit, never without it. */
  afterCommit(action: () => void): void;
};

const attemptsMax = 5;

/**
 * Runs `fn` in one transaction scoped to the tenant: sets the scope, does the work, writes audit and events, commits.
 * A lost race is run again (at most 5 times, with jitter), and so is what met a key that another process has just made; other database failures become the catalogue's errors.
 */
export function inWork<T>(
  platform: Platform,
  scope: Scope,
  fn: (work: Work) => Promise<T>,
  idempotency?: IdempotencyClaim,
): Promise<T> {
  return again(platform, scope, () => runOnce(platform, scope, fn, idempotency));
}

/**
 * The same for work that only reads: its transaction is one in which the database refuses every change. So nothing is lost where the audit
 * entries cannot be written, and they need not be in that transaction: they go to the read log, together with those of other reads, and
 * what was read is answered when they are on the disk.
 */
export function inRead<T>(platform: Platform, scope: Scope, fn: (work: Work) => Promise<T>): Promise<T> {
  return again(platform, scope, () => readOnce(platform, scope, fn));
}

async function again<T>(platform: Platform, scope: Scope, once: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      await platform.keys.ready(scope.tenantId);
      return await once();
    } catch (error) {
      if (attempt === 1 && isUnknownKey(error)) {
        await platform.keys.refresh(scope.tenantId);
        continue;
      }
      if (attempt >= attemptsMax || !isRetryable(error)) throw translateDatabaseError(error);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}

async function readOnce<T>(platform: Platform, scope: Scope, fn: (work: Work) => Promise<T>): Promise<T> {
  const audits: AuditInput[] = [];
  const after: (() => void)[] = [];
  const now = platform.now();
  const { database, readLog } = platform;
  const result = await database.pool.transaction(
    beginIn({ ...placeOf(scope), isReadOnly: true }),
    (connection) =>
      fn({
        tx: database.tx,
        connection,
        scope,
        platform,
        now,
        audit: (entry) => void audits.push(entry),
        emit: ({ name }) => {
          throw new Error(`A read announces nothing (${name}).`);
        },
        afterCommit: (action) => void after.push(action),
      }),
    (connection) => [requireInScope(connection, scope, audits)],
  );
  await readLog.write(scope, now, audits);
  for (const action of after) action();
  return result;
}

/** Whom row-level security shows what: the tenant, the person, and where that person works. */
const placeOf = ({ tenantId, actor }: Scope) => ({
  tenantId,
  userId: actor?.userId ?? null,
  facilityId: actor?.facility.id ?? null,
});

async function runOnce<T>(
  platform: Platform,
  scope: Scope,
  fn: (work: Work) => Promise<T>,
  idempotency?: IdempotencyClaim,
): Promise<T> {
  const audits: AuditInput[] = [];
  const events: EventInput[] = [];
  const after: (() => void)[] = [];
  let rows: EventRow[] = [];
  let isRepeat = false;
  const now = platform.now();
  const { database, live, auditKey } = platform;
  const result = await database.pool.transaction(
    beginIn(placeOf(scope)),
    async (connection) => {
      const repeat = idempotency ? await claimIdempotencyKey(platform, connection, scope, idempotency) : null;
      isRepeat = repeat !== null;
      if (repeat) return repeat.answer as T;
      return fn({
        tx: database.tx,
        connection,
        scope,
        platform,
        now,
        audit: (entry) => void audits.push(entry),
        emit: (event) => void events.push(event),
        afterCommit: (action) => void after.push(action),
      });
    },
    (connection, answer) => {
      rows = events.map((event) => toRow(scope, event));
      const last: Promise<unknown>[] = [
        requireInScope(connection, scope, audits),
        writeAudit(connection, { scope, key: auditKey, keys: platform.keys, at: now }, audits),
        writeEvents(connection, rows),
      ];
      if (idempotency && !isRepeat)
        last.push(storeIdempotentAnswer(platform, connection, scope, { ...idempotency, answer }));
      return last;
    },
  );
  for (const action of after) action();
  live.publish(rows.map(toStored));
  return result;
}

/** Leaves one audit entry in a transaction of its own: for refusals, whose own transaction has nothing to commit. */
export async function auditAlone(platform: Platform, scope: Scope, entry: AuditInput): Promise<void> {
  await inWork(platform, scope, async (work) => work.audit(entry));
}
