import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { Prisma, PrismaClient } from "../../generated/client.ts";
import { Pulse } from "./pulse.ts";
import { TransactionPool } from "./transaction-pool.ts";

export { binaryArray } from "./binary-array.ts";

export { Prisma };
export type Connection = pg.PoolClient;

type Delegates = {
  [Model in keyof Prisma.TransactionClient as Model extends `$${string}` | symbol
    ? never
    : Model]: Prisma.TransactionClient[Model];
};

/**
 * Prisma in the running transaction; stores take it first. `findUnique` is left out: Prisma gathers those of one tick, of whatever
 * request, into one query, which would run in one request's transaction and tenant. Use `findFirst`.
 */
export type Tx = { [Model in keyof Delegates]: Omit<Delegates[Model], "findUnique" | "findUniqueOrThrow"> };

/** The application's database: `transaction` of the pool for all work, Prisma within it. */
export type Database = { tx: Tx; pool: TransactionPool; close(): Promise<void> };

export type DatabaseOptions = {
  /** Connections kept at most; default 20. */
  connectionsMax?: number;
  /** Shown in pg_stat_activity. */
  applicationName?: string;
};

/**
 * Opens the pool as the application's role. Statements are prepared under stable names, a statement may take 10 s,
 * a lock 3 s, an idle transaction 15 s, getting a connection 2 s; whatever is slower fails rather than piles up. A server that answers
 * nothing at all is noticed within four seconds.
 */
export function openDatabase(
  url: string,
  { connectionsMax = 20, applicationName = "infirmary" }: DatabaseOptions = {},
): Database {
  const server = { connectionString: url, application_name: applicationName, keepAlive: true };
  const pool = new TransactionPool({
    ...server,
    max: connectionsMax,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
    // Longer than the server waits: only where the pulse below did not notice that it does not answer at all.
    query_timeout: 12_000,
    pipeline: true,
    options: "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000",
  });
  // An idle connection that the server drops must not take the process down; the next checkout opens a new one.
  pool.on("error", () => undefined);
  const pulse = new Pulse(server);
  pool.on("acquire", (client) => pulse.taken(client));
  pool.on("release", (_, client) => pulse.returned(client));
  pool.on("remove", (client) => pulse.returned(client));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator }) });
  return {
    tx: prisma,
    pool,
    async close() {
      await pulse.stop();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

const statementNames = new Map<string, string>();
const statementNamesMax = 500;

/** Names the statements seen first; beyond the limit they go unnamed, so that a client cannot fill the server's memory. */
function statementNameGenerator({ sql }: { sql: string }): string {
  const known = statementNames.get(sql);
  if (known !== undefined) return known;
  if (statementNames.size >= statementNamesMax) return "";
  const name = `s${statementNames.size}`;
  statementNames.set(sql, name);
  return name;
}
