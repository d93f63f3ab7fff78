import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";

const checkout = new AsyncLocalStorage<{ client: pg.PoolClient | null }>();

/**
 * A pool that remembers the connection Prisma takes for a transaction, so that a hot statement can run on that same
 * connection, in that same transaction, without Prisma's cost (measured: 400-500 µs a query against 110-180).
 */
export class TrackedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool["connect"]>[0]): void;
  override connect(callback?: Parameters<pg.Pool["connect"]>[0]): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    const seat = checkout.getStore();
    return super.connect().then((client) => {
      if (seat && seat.client === null) seat.client = client;
      return client;
    });
  }
}

/** Runs `fn`; inside it, `connection()` is the connection of the first transaction begun there. */
export function trackingConnection<T>(fn: (connection: () => pg.PoolClient) => Promise<T>): Promise<T> {
  const seat: { client: pg.PoolClient | null } = { client: null };
  return checkout.run(seat, () =>
    fn(() => {
      if (!seat.client) throw new Error("No transaction has begun.");
      return seat.client;
    }),
  );
}
