/**
 * Whether this process wants requests. A process that is told to stop says no for a while before it closes, so that the
 * load balancer in front of several sends new requests to the others and none is lost.
 */
export class Readiness {
  readonly #stopping = new AbortController();
  #isDraining = false;

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Aborted when the process closes: what would never end by itself, an event stream, ends here. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Says no from now on. @returns after `ms`, when those in front have noticed */
  async drain(ms: number): Promise<void> {
    this.#isDraining = true;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    this.#stopping.abort();
  }
}
