import { EventEmitter } from "node:events";
import pg from "pg";
import type { Logger } from "pino";
import type { StoredEvent } from "./event.ts";

const channel = "infirmary";
/** PostgreSQL refuses a payload of 8000 bytes and more. */
const payloadBytesMax = 7_500;
const reconnectMs = 1_000;

/**
 * Carries committed events and ended sessions to every API process. Notices go out after the commit, many in one
 * statement: a NOTIFY inside the transaction would make commits queue behind one lock. A notice lost in a crash is made
 * good by the event table, from which a reconnecting screen resumes.
 */
export class LiveHub {
  private readonly emitter = new EventEmitter();
  private readonly outgoing: StoredEvent[] = [];
  private readonly origin = crypto.randomUUID();
  private listener: pg.Client | null = null;
  private flushing = false;
  private closed = false;
  private readonly pool: pg.Pool;
  private readonly listenUrl: string;
  private readonly log: Logger;

  constructor(options: { pool: pg.Pool; listenUrl: string; log: Logger }) {
    this.emitter.setMaxListeners(0);
    this.pool = options.pool;
    this.listenUrl = options.listenUrl;
    this.log = options.log;
  }

  /** Starts listening to the other processes; goes on trying where the database is away. */
  async start(): Promise<void> {
    if (this.closed) return;
    const client = new pg.Client({
      connectionString: this.listenUrl,
      application_name: "infirmary-live",
      keepAlive: true,
    });
    const again = () => {
      if (this.closed || this.listener !== client) return;
      this.listener = null;
      setTimeout(() => void this.start(), reconnectMs).unref();
    };
    this.listener = client;
    client.on("error", again);
    client.on("end", again);
    client.on("notification", (message) => this.receive(message.payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      // Whatever was missed while away: screens look again.
      this.emitter.emit("resume");
    } catch (error) {
      this.log.warn({ code: (error as { code?: string }).code }, "live: database not reachable, trying again");
      await client.end().catch(() => undefined);
      again();
    }
  }

  /** Tells the listeners of this process at once and the other processes within milliseconds. */
  publish(events: readonly StoredEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) this.emitter.emit("event", event);
    this.outgoing.push(...events);
    if (!this.flushing) void this.flush();
  }

  onEvent(listener: (event: StoredEvent) => void): () => void {
    this.emitter.on("event", listener);
    return () => this.emitter.off("event", listener);
  }

  onResume(listener: () => void): () => void {
    this.emitter.on("resume", listener);
    return () => this.emitter.off("resume", listener);
  }

  async stop(): Promise<void> {
    this.closed = true;
    await this.listener?.end().catch(() => undefined);
  }

  private async flush(): Promise<void> {
    this.flushing = true;
    try {
      while (this.outgoing.length > 0 && !this.closed) {
        const batch = this.takeBatch();
        await this.pool.query("SELECT pg_notify($1, $2)", [
          channel,
          JSON.stringify({ origin: this.origin, events: batch }),
        ]);
      }
    } catch (error) {
      this.outgoing.length = 0;
      this.log.warn(
        { code: (error as { code?: string }).code },
        "live: notice not sent, screens catch up from the event table",
      );
    } finally {
      this.flushing = false;
    }
  }

  private takeBatch(): StoredEvent[] {
    let bytes = 0;
    let count = 0;
    for (const event of this.outgoing) {
      bytes += JSON.stringify(event).length + 1;
      if (count > 0 && bytes > payloadBytesMax) break;
      count++;
    }
    return this.outgoing.splice(0, count);
  }

  private receive(payload: string): void {
    const { origin, events } = JSON.parse(payload) as { origin: string; events: StoredEvent[] };
    if (origin === this.origin) return;
    for (const event of events) this.emitter.emit("event", event);
  }
}
