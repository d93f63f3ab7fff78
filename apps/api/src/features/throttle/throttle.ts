import { AppError } from "../../core/app-error.ts";
import type { Platform } from "../../core/platform.ts";
import { registrationSubjects, resetRequestSubjects, type Subject } from "./subject.ts";

const readMax = 100;
const doublingFrom = 5;
const firstWaitSeconds = 60;
/** A soft lock: a quarter of an hour for each further guess. */
const longestWaitSeconds = 900;

/** How many failures in a row lead to the longest wait. */
export const lockingFailures = doublingFrom + Math.ceil(Math.log2(longestWaitSeconds / firstWaitSeconds));

type Connection = { query: Platform["database"]["pool"]["query"] };

/** Counts a request for an account against its address: each costs a password hash, which sign-ins wait for. Refuses over the limit. */
export async function countRegistration(platform: Platform, ip: string): Promise<void> {
  await reserve(platform, registrationSubjects(ip));
}

/** Counts a request for a reset link against the name or e-mail it is for and the address. Refuses over the limit, known or not. */
export async function countResetRequest(platform: Platform, { login, ip }: { login: string; ip: string }) {
  await reserve(platform, resetRequestSubjects(login, ip));
}

/** Refuses with the seconds to wait where a limit is reached. Only failures count; all replicas share the count. */
export async function refuseWhenThrottled(platform: Platform, subjects: readonly Subject[]): Promise<void> {
  refuseFor(await waitOf(platform.database.pool, subjects));
}

/**
 * Makes one guess at a secret under the limits. It is counted before it is tried, under a lock that all replicas share, and taken back
 * where it was right or could not be tried: of a hundred sent at once to ten replicas no more are tried than of a hundred sent in turn.
 * @param guess something for a right one, null or false for a wrong one
 * @throws AppError too-many-attempts; whatever keeps the count from being written
 */
export async function attempt<T>(
  platform: Platform,
  subjects: readonly Subject[],
  guess: () => Promise<T>,
): Promise<T> {
  const reserved = await reserve(platform, subjects);
  let isWrong = false;
  try {
    const answer = await guess();
    isWrong = answer === null || answer === false;
    if (!isWrong) await forgetFailures(platform, subjects);
    return answer;
  } finally {
    if (!isWrong) await platform.database.pool.query("DELETE FROM sign_in_failure WHERE id = ANY($1)", [reserved]);
  }
}

async function reserve(platform: Platform, subjects: readonly Subject[]): Promise<string[]> {
  const hashes = subjects.map(({ hash }) => hash);
  return platform.database.pool.transaction("BEGIN", async (connection) => {
    await connection.query({
      name: "throttle-lock",
      text: "SELECT pg_advisory_xact_lock(hashtextextended(encode(s, 'hex'), 0)) FROM (SELECT s FROM unnest($1::bytea[]) s ORDER BY s) ordered",
      values: [hashes],
    });
    refuseFor(await waitOf(connection, subjects));
    const { rows } = await connection.query<{ id: string }>({
      name: "throttle-reserve",
      text: "INSERT INTO sign_in_failure (subject, at) SELECT s, clock_timestamp() FROM unnest($1::bytea[]) s RETURNING id",
      values: [hashes],
    });
    return rows.map(({ id }) => id);
  });
}

async function waitOf(connection: Connection, subjects: readonly Subject[]): Promise<number> {
  let longest = 0;
  for (const { hash, limits, isDoubling } of subjects) {
    const { rows } = await connection.query<{ at: Date }>({
      name: "sign-in-failures",
      text: `SELECT at FROM sign_in_failure WHERE subject = $1 AND at > now() - interval '1 day' ORDER BY at DESC LIMIT ${readMax}`,
      values: [hash],
    });
    const failuresMs = rows.map(({ at }) => at.getTime());
    const now = Date.now();
    const waits = limits.map((limit) => waitSeconds(failuresMs, limit, now));
    longest = Math.max(longest, ...waits, isDoubling ? doublingWait(failuresMs, now) : 0);
  }
  return longest;
}

function refuseFor(wait: number): void {
  if (wait > 0)
    throw new AppError("too-many-attempts", {
      detail: `Too many attempts. Try again in ${wait} seconds.`,
      retryAfterSeconds: wait,
    });
}

/** Seconds until fewer than `failuresMax` of the failures (milliseconds, newest first) lie in the window. */
export function waitSeconds(
  failuresMs: readonly number[],
  limit: { windowSeconds: number; failuresMax: number },
  nowMs: number,
): number {
  const deciding = failuresMs[limit.failuresMax - 1];
  if (deciding === undefined) return 0;
  return Math.max(0, Math.ceil((deciding + limit.windowSeconds * 1000 - nowMs) / 1000));
}

/** Seconds until the next guess after so many failures (milliseconds, newest first): 60 after the fifth, twice that after the sixth, 900 at most. */
export function doublingWait(failuresMs: readonly number[], nowMs: number): number {
  const [newest] = failuresMs;
  if (newest === undefined || failuresMs.length < doublingFrom) return 0;
  const wait = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (failuresMs.length - doublingFrom));
  return Math.max(0, Math.ceil((newest + wait * 1000 - nowMs) / 1000));
}

/** How many failures stand against the first of the subjects. */
export async function countFailures(platform: Platform, [first]: readonly Subject[]): Promise<number> {
  const { rowCount } = await platform.database.pool.query(
    `SELECT 1 FROM sign_in_failure WHERE subject = $1 AND at > now() - interval '1 day' LIMIT ${readMax}`,
    [first?.hash],
  );
  return rowCount ?? 0;
}

/** A right guess clears what stands against the first subject; the address keeps its count. */
export async function forgetFailures(platform: Platform, [first]: readonly Subject[]): Promise<void> {
  if (first) await platform.database.pool.query("DELETE FROM sign_in_failure WHERE subject = $1", [first.hash]);
}
