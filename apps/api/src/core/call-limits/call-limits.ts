import type pg from "pg";
import type { Logger } from "pino";

/** What calls count against: at most `max` (calls, or bytes) in any window of so many seconds. */
export type Budget = { subject: string; max: number; windowSeconds: number; weight?: number };

/** Over a budget: which, how long to wait, and whether this is the first refusal in the window. */
export type Refusal = { subject: string; retryAfterSeconds: number; isFirst: boolean };

type Counter = {
  windowSeconds: number;
  start: number;
  before: number;
  shared: number;
  unsent: number;
  isRefused: boolean;
};
type Unsent = { subject: string; windowSeconds: number; start: number; calls: number };
type Row = { subject: string; window_seconds: number; window_start: string; calls: string; before: string };

const flushMs = 250;
const subjectsMax = 20_000;

/**
 * Counts calls in this process and shares the counts with the others through one statement a few times a second: a call waits for
 * nothing. Windows slide (the last one counts by what is left of it). Between two statements each process can let through what the
 * others have not told yet: a quarter of a second's calls. Where the database is away each goes on with its own counts.
 */
export class CallLimits {
  private readonly counters = new Map<string, Counter>();
  /** Of windows that went by before they were sent. */
  private late: Unsent[] = [];
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<void> | null = null;
  private cleanedAt = 0;
  private readonly pool: Pick<pg.Pool, "query">;
  private readonly log: Logger;
  private readonly now: () => number;

  constructor({ pool, log, now = Date.now }: { pool: Pick<pg.Pool, "query">; log: Logger; now?: () => number }) {
    this.pool = pool;
    this.log = log;
    this.now = now;
  }

  /** Takes one call from every budget, or from none where one is used up. */
  take(budgets: readonly Budget[]): Refusal | null {
    const seconds = this.now() / 1000;
    for (const budget of budgets) {
      const counter = this.counterOf(budget, seconds);
      const wait = waitOf(counter, budget, seconds);
      if (wait === 0) continue;
      const isFirst = !counter.isRefused;
      counter.isRefused = true;
      return { subject: budget.subject, retryAfterSeconds: wait, isFirst };
    }
    for (const budget of budgets) this.counterOf(budget, seconds).unsent += budget.weight ?? 1;
    this.timer ??= setTimeout(() => void this.flush(), flushMs).unref();
    return null;
  }

  /** Tells the others what was counted, and learns what they did. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.flushing ??= this.send().finally(() => {
      this.flushing = null;
    });
    return this.flushing;
  }

  /** Sends what is left; nothing is counted after. */
  async close(): Promise<void> {
    await this.flushing;
    await this.flush();
  }

  private counterOf({ subject, windowSeconds }: Budget, seconds: number): Counter {
    const start = Math.floor(seconds / windowSeconds) * windowSeconds;
    const known = this.counters.get(subject);
    if (known?.start === start) return known;
    if (known && known.unsent > 0) this.late.push({ subject, windowSeconds, start: known.start, calls: known.unsent });
    const before = known?.start === start - windowSeconds ? known.shared + known.unsent : 0;
    const counter = { windowSeconds, start, before, shared: 0, unsent: 0, isRefused: false };
    this.counters.set(subject, counter);
    if (this.counters.size > subjectsMax) this.forgetOldest();
    return counter;
  }

  private forgetOldest(): void {
    for (const [subject, { unsent }] of this.counters) {
      if (this.counters.size <= subjectsMax / 2) return;
      if (unsent === 0) this.counters.delete(subject);
    }
  }

  private async send(): Promise<void> {
    const sending = this.late;
    this.late = [];
    for (const [subject, counter] of this.counters) {
      const { windowSeconds, start, unsent } = counter;
      if (unsent === 0) continue;
      sending.push({ subject, windowSeconds, start, calls: unsent });
      counter.shared += unsent;
      counter.unsent = 0;
    }
    if (sending.length === 0) return;
    try {
      const { rows } = await this.pool.query<Row>({ name: "call-count", text: addCalls, values: columnsOf(sending) });
      for (const row of rows) this.learn(row);
      await this.clean();
    } catch (error) {
      // They stay counted here; the others do not learn of them.
      this.log.warn({ code: (error as { code?: string }).code }, "calls: counts not shared");
    }
  }

  private learn({ subject, window_start: start, calls, before }: Row): void {
    const counter = this.counters.get(subject);
    if (!counter || counter.start !== Number(start)) return;
    counter.shared = Number(calls);
    counter.before = Math.max(counter.before, Number(before));
  }

  private async clean(): Promise<void> {
    const seconds = Math.floor(this.now() / 1000);
    if (seconds - this.cleanedAt < 300) return;
    this.cleanedAt = seconds;
    await this.pool.query("DELETE FROM call_count WHERE window_start + 3 * window_seconds < $1", [seconds]);
  }
}

/** Rows in one order for everybody, so that two processes never wait for each other. */
const addCalls = `
  INSERT INTO call_count AS c (subject, window_seconds, window_start, calls)
  SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) u (subject, window_seconds, window_start, calls) ORDER BY 1, 2, 3
  ON CONFLICT (subject, window_seconds, window_start) DO UPDATE SET calls = c.calls + excluded.calls
  RETURNING subject, window_seconds, window_start, calls, COALESCE((SELECT p.calls FROM call_count p
    WHERE p.subject = c.subject AND p.window_seconds = c.window_seconds AND p.window_start = c.window_start - c.window_seconds), 0) AS before`;

const columnsOf = (unsent: readonly Unsent[]) => [
  unsent.map(({ subject }) => subject),
  unsent.map(({ windowSeconds }) => windowSeconds),
  unsent.map(({ start }) => start),
  unsent.map(({ calls }) => calls),
];

/** Seconds until the budget has room for one more; 0 where it has now. */
export function waitOf(
  { start, before, shared, unsent }: Pick<Counter, "start" | "before" | "shared" | "unsent">,
  { max, windowSeconds, weight = 1 }: Pick<Budget, "max" | "windowSeconds" | "weight">,
  seconds: number,
): number {
  const elapsed = seconds - start;
  const room = max - weight - shared - unsent;
  if (room < 0) return Math.max(1, Math.ceil(windowSeconds - elapsed));
  if (before * (1 - elapsed / windowSeconds) <= room) return 0;
  return Math.max(1, Math.ceil(windowSeconds * (1 - room / before) - elapsed));
}
