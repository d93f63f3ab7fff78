import pg from "pg";

/** How long a connection may be in use before it is asked whether the server still answers. */
const suspiciousMs = 750;
/** How long the server has for the answer to a question that costs it nothing. */
const answerMs = 2_500;
const lookEveryMs = 250;

/**
 * Notices a server that is there and answers nothing (frozen, its disk gone, its machine paused). A statement may take ten seconds, so
 * waiting for it says nothing; a connection of its own, which nobody else uses, asks the server something trivial whenever work lasts longer
 * than that. No answer: everything under way is cut off, to fail at once and be tried again, and so is what begins until there is one.
 */
export class Pulse {
  readonly #config: pg.ClientConfig;
  readonly #inUse = new Map<pg.PoolClient, number>();
  #probe: pg.Client | null = null;
  #asking: Promise<void> | null = null;
  #isStill = false;
  #timer: NodeJS.Timeout | null = null;
  #lookedAt = 0;
  #stalledAt = 0;

  constructor(config: pg.ClientConfig) {
    this.#config = { ...config, connectionTimeoutMillis: answerMs, query_timeout: answerMs };
  }

  /** A connection was taken into use. */
  taken(client: pg.PoolClient): void {
    if (this.#isStill) {
      cutOff(client);
      return;
    }
    this.#inUse.set(client, performance.now());
    if (!this.#timer) this.#lookedAt = performance.now();
    this.#timer ??= setInterval(() => this.#look(), lookEveryMs).unref();
  }

  /** It was given back, or is gone. */
  returned(client: pg.PoolClient): void {
    this.#inUse.delete(client);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    const probe = this.#probe;
    this.#probe = null;
    await probe?.end().catch(() => undefined);
  }

  #look(): void {
    const now = performance.now();
    if (now - this.#lookedAt > suspiciousMs) this.#stalledAt = now;
    this.#lookedAt = now;
    const isSuspicious = [...this.#inUse.values()].some((since) => now - since > suspiciousMs);
    if (this.#inUse.size === 0 && !this.#isStill && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = null;
    } else if ((isSuspicious || this.#isStill) && !this.#asking) {
      this.#asking = this.#ask().finally(() => {
        this.#asking = null;
      });
    }
  }

  async #ask(): Promise<void> {
    const askedAt = performance.now();
    try {
      this.#probe ??= await this.#connect();
      await this.#probe.query("SELECT");
      this.#isStill = false;
    } catch (error) {
      const probe = this.#probe;
      this.#probe = null;
      if (probe) cutOff(probe);
      // Refused, ended or full is an answer: whoever asks hears it without us. And where this process itself stood still, it heard nothing.
      const isSilent = error instanceof Error && /timeout/i.test(error.message);
      this.#isStill = isSilent && this.#stalledAt < askedAt;
      if (!this.#isStill) return;
      for (const client of this.#inUse.keys()) cutOff(client);
      this.#inUse.clear();
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
    client.on("error", () => {
      if (this.#probe === client) this.#probe = null;
    });
    await client.connect();
    return client;
  }
}

/** Ends a connection without waiting for the server: what waits on it fails. */
function cutOff(client: pg.ClientBase): void {
  // Not part of pg's types; of its API (`client.connection`) since its first version.
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } };
  connection?.stream?.destroy();
}
