import { setTimeout as sleep } from "node:timers/promises";
import type { DatabaseServer } from "../setup/database.ts";
import { Backoff } from "./backoff.ts";

/** The database, started again whenever it ends until it is told to stop. The operator's own never ends for us. */
export class KeptDatabase {
  private server: DatabaseServer;
  private readonly restart: () => Promise<DatabaseServer>;
  private readonly notify: (text: string) => void;
  private readonly stopping = new AbortController();
  private readonly watch: Promise<void>;

  constructor(server: DatabaseServer, restart: () => Promise<DatabaseServer>, notify: (text: string) => void) {
    this.server = server;
    this.restart = restart;
    this.notify = notify;
    this.watch = this.keepRunning();
  }

  /** Stops it in order, also when it is just being started again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.server.stop();
    await this.watch;
  }

  private async keepRunning(): Promise<void> {
    const backoff = new Backoff();
    let startedAt = performance.now();
    for (;;) {
      await this.server.ended;
      if (this.stopping.signal.aborted) return;
      this.notify("The database ended; it is started again.");
      await sleep(backoff.next(performance.now() - startedAt), undefined, { signal: this.stopping.signal }).catch(
        () => {},
      );
      if (this.stopping.signal.aborted) return;
      startedAt = performance.now();
      try {
        this.server = await this.restart();
        if (this.stopping.signal.aborted) await this.server.stop();
        else this.notify("The database is back.");
      } catch (error) {
        this.notify(`The database does not start: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
}
