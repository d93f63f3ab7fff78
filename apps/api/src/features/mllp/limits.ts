/** How much one listener takes; what is beyond is not read, or not connected. */
export type MllpLimits = {
  /** Longest message, bytes. */
  frameBytesMax: number;
  /** Open connections of a tenant, and of one peer (its certificate and address). */
  connectionsPerTenant: number;
  connectionsPerPeer: number;
  /** From the first byte of a frame to its last. */
  frameTimeoutMs: number;
  /** With no byte either way. */
  idleTimeoutMs: number;
  /** Messages of one peer; faster ones are not read until their time comes. */
  messagesPerSecond: number;
};

export const defaultLimits: MllpLimits = {
  frameBytesMax: 2 * 1024 * 1024,
  connectionsPerTenant: 64,
  connectionsPerPeer: 8,
  frameTimeoutMs: 30_000,
  idleTimeoutMs: 300_000,
  messagesPerSecond: 100,
};

/** A peer's allowance: one second's worth in hand, refilled evenly. */
export class RateLimit {
  private tokens: number;
  private at = performance.now();
  private readonly perSecond: number;

  constructor(perSecond: number) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
  }

  /** Takes one message's allowance. @returns how long to wait before it is read, ms */
  take(now = performance.now()): number {
    this.tokens = Math.min(this.perSecond, this.tokens + ((now - this.at) * this.perSecond) / 1000);
    this.at = now;
    this.tokens -= 1;
    return this.tokens >= 0 ? 0 : (-this.tokens * 1000) / this.perSecond;
  }
}
