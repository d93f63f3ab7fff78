import { AsyncLocalStorage } from "node:async_hooks";
import type { Duplex } from "node:stream";
import pg from "pg";

type Seat = { client: pg.PoolClient | null; savepoints: number };
const seats = new AsyncLocalStorage<Seat>();

/**
 * A pool that keeps all statements of one unit of work on one connection, whoever sends them: inside `transaction`,
 * Prisma's statements and our own go to the transaction's connection, and a transaction that Prisma opens for a write of
 * several rows becomes a savepoint. So hot statements can leave Prisma out (measured: 400-500 µs a query against 110-180)
 * without leaving the transaction.
 */
export class TransactionPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config);
    // The pool listens to idle connections only. One that is cut while in use fails its statements by itself; an 'error' that nobody
    // listens to would end the process with everybody's requests.
    this.on("connect", (client) => {
      client.on("error", () => undefined);
      sendTogether(client);
    });
    const query = this.query as (...all: unknown[]) => unknown;
    this.query = ((...all: unknown[]) => {
      const client = seats.getStore()?.client;
      return client ? (client.query as (...all: unknown[]) => unknown).apply(client, all) : query.apply(this, all);
    }) as pg.Pool["query"];
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool["connect"]>[0]): void;
  override connect(callback?: Parameters<pg.Pool["connect"]>[0]): Promise<pg.PoolClient> | undefined {
    const seat = seats.getStore();
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    return seat?.client ? Promise.resolve(nested(seat, seat.client)) : super.connect();
  }

  /**
   * Runs `fn` between `begin` (a text that opens the transaction) and COMMIT. `begin` travels with the first statement of `fn`, and
   * what `last` sends travels with COMMIT: a read costs two round trips. Any failure, also of `last`, rolls everything back.
   */
  async transaction<T>(
    begin: string,
    fn: (connection: pg.PoolClient) => Promise<T>,
    last?: (connection: pg.PoolClient, value: T) => Promise<unknown>[],
  ): Promise<T> {
    const client = await super.connect();
    const seat: Seat = { client: null, savepoints: 0 };
    const connection = whileOpen(seat, client);
    seat.client = connection;
    const begun = client.query(begin);
    begun.catch(() => undefined);
    let isOver = false;
    try {
      // Awaited inside: a query of Prisma is sent when it is awaited, and outside it would go to another connection, without tenant.
      const value = await seats.run(seat, async () => await fn(connection));
      seat.client = null;
      const lasts = last?.(client, value) ?? [];
      const commit = client.query("COMMIT");
      isOver = true;
      // All have been sent: wait for every answer, so that the connection is quiet when it goes back.
      const outcomes = await Promise.allSettled([begun, ...lasts, commit]);
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
      // A failed statement turns COMMIT into ROLLBACK without an error of its own.
      if ((await commit).command !== "COMMIT") throw new Error("The transaction was rolled back.");
      client.release();
      return value;
    } catch (error) {
      seat.client = null;
      const isClean = isOver
        ? client.getTransactionStatus() === "I"
        : await client.query("ROLLBACK").then(
            () => true,
            () => false,
          );
      client.release(!isClean);
      throw error;
    }
  }
}

/** Statements that are sent in one turn of the event loop go out in one write: a system call, and often a context switch, each less. */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  const send = client.query as (...all: unknown[]) => unknown;
  let isGathering = false;
  client.query = ((...all: unknown[]) => {
    if (!isGathering) {
      isGathering = true;
      stream.cork();
      process.nextTick(() => {
        isGathering = false;
        stream.uncork();
      });
    }
    return send.apply(client, all);
  }) as pg.PoolClient["query"];
}

/**
 * The connection for as long as the transaction lasts. A straggler (of a `Promise.all` whose other half failed) could otherwise send its
 * next statement into the transaction, and the tenant, of whoever has the connection by then.
 */
function whileOpen(seat: Seat, client: pg.PoolClient): pg.PoolClient {
  const send = client.query.bind(client) as (...all: unknown[]) => unknown;
  const query = (...all: unknown[]) =>
    seat.client ? send(...all) : Promise.reject(new Error("The transaction is over."));
  return new Proxy(client, {
    get(target, key) {
      if (key === "query") return query;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** The transaction's connection as Prisma wants one for a transaction of its own. */
function nested(seat: Seat, client: pg.PoolClient): pg.PoolClient {
  const name = `nested_${seat.savepoints++}`;
  const translated: Record<string, string> = {
    BEGIN: `SAVEPOINT ${name}`,
    COMMIT: `RELEASE SAVEPOINT ${name}`,
    ROLLBACK: `ROLLBACK TO SAVEPOINT ${name}`,
  };
  return new Proxy(client, {
    get(target, key) {
      if (key === "release") return () => undefined;
      if (key !== "query") {
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      }
      return (config: string | { text: string; name?: string }, ...rest: unknown[]) => {
        const replaced = translated[typeof config === "string" ? config : config.text];
        const query = target.query.bind(target) as (...all: unknown[]) => unknown;
        if (replaced === undefined) return query(config, ...rest);
        return query(typeof config === "string" ? replaced : { ...config, text: replaced, name: undefined }, ...rest);
      };
    },
  });
}
