const FIRST_MS = 200;
const LONGEST_MS = 4000;
/** A process that ran this long has not failed at starting. */
const STEADY_MS = 30_000;

/**
 * How long to wait before the next start of a process that ended: 0.2 s, doubling up to 4 s so that it is back within
 * five seconds, and from the beginning again once it ran for half a minute.
 */
export class Backoff {
  private waitMs = FIRST_MS;

  /** @param ranMs how long the process had run when it ended */
  next(ranMs: number): number {
    if (ranMs >= STEADY_MS) this.waitMs = FIRST_MS;
    const waitMs = this.waitMs;
    this.waitMs = Math.min(waitMs * 2, LONGEST_MS);
    return waitMs;
  }
}
