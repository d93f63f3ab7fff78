import { cutils } from "@infirmary/native";
import { AppError } from "../../core/app-error.ts";
import type { Platform } from "../../core/platform.ts";

/** Failures allowed per login name in a window of so many seconds (NIST SP 800-63B: at most 100 a day), and per address. */
const nameLimits = [
  { windowSeconds: 60, failuresMax: 5 },
  { windowSeconds: 900, failuresMax: 20 },
  { windowSeconds: 86_400, failuresMax: 100 },
] as const;
const addressLimits = [{ windowSeconds: 60, failuresMax: 30 }] as const;

const registrationLimits = [{ windowSeconds: 60, failuresMax: 20 }] as const;

export type Subject = { hash: Buffer; limits: readonly { windowSeconds: number; failuresMax: number }[] };

/** The name and the address a sign-in comes under, hashed: a name that exists and one that does not count alike. */
export function subjectsOf(username: string, ip: string): Subject[] {
  return [
    { hash: Buffer.from(cutils.sha256(`name ${username}`)), limits: nameLimits },
    { hash: Buffer.from(cutils.sha256(`address ${networkOf(ip)}`)), limits: addressLimits },
  ];
}

/** What failed passkeys count against: whose they are is not known. */
export function addressSubjects(ip: string): Subject[] {
  return [{ hash: Buffer.from(cutils.sha256(`address ${networkOf(ip)}`)), limits: addressLimits }];
}

/** What guesses at a person's second factor count against; a right password does not clear it. */
export function factorSubjects(userId: string): Subject[] {
  return [{ hash: Buffer.from(cutils.sha256(`factor ${userId}`)), limits: nameLimits }];
}

/** Counts a request for an account against its address: each costs a password hash, which sign-ins wait for. Refuses over the limit. */
export async function countRegistration(platform: Platform, ip: string): Promise<void> {
  const subject = { hash: Buffer.from(cutils.sha256(`registration ${networkOf(ip)}`)), limits: registrationLimits };
  await refuseWhenThrottled(platform, [subject]);
  await recordFailure(platform, [subject]);
}

/** Refuses with the seconds to wait where a limit is reached. Only failures count; all replicas share the count. */
export async function refuseWhenThrottled(platform: Platform, subjects: readonly Subject[]): Promise<void> {
  const waits = await Promise.all(
    subjects.map(async ({ hash, limits }) => {
      const { rows } = await platform.database.pool.query<{ at: Date }>({
        name: "sign-in-failures",
        text: "SELECT at FROM sign_in_failure WHERE subject = $1 AND at > now() - interval '1 day' ORDER BY at DESC LIMIT 100",
        values: [hash],
      });
      return Math.max(
        0,
        ...limits.map((limit) =>
          waitSeconds(
            rows.map(({ at }) => at.getTime()),
            limit,
            Date.now(),
          ),
        ),
      );
    }),
  );
  const wait = Math.max(...waits);
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

/** Guesses at one subject go one after the other: of a hundred sent at once only as many are tried as of a hundred sent in turn. */
export function guessInTurn<T>(subjects: readonly Subject[], guess: () => Promise<T>): Promise<T> {
  return inTurn(subjects[0]?.hash.toString("hex") ?? "", guess);
}

const turns = new Map<string, Promise<unknown>>();

async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const result = (turns.get(key) ?? Promise.resolve()).then(work);
  const over = result.catch(() => undefined);
  turns.set(key, over);
  try {
    return await result;
  } finally {
    if (turns.get(key) === over) turns.delete(key);
  }
}

export async function recordFailure(platform: Platform, subjects: readonly Subject[]): Promise<void> {
  await platform.database.pool.query("INSERT INTO sign_in_failure (subject) SELECT unnest($1::bytea[])", [
    subjects.map(({ hash }) => hash),
  ]);
}

/** A right password clears what stands against the name; the address keeps its count. */
export async function forgetFailures(platform: Platform, [name]: readonly Subject[]): Promise<void> {
  if (name) await platform.database.pool.query("DELETE FROM sign_in_failure WHERE subject = $1", [name.hash]);
}

/** One household or ward: an IPv6 address counts by its /64. */
function networkOf(ip: string): string {
  return ip.includes(":") && !ip.includes(".") ? ip.split(":").slice(0, 4).join(":") : ip;
}
