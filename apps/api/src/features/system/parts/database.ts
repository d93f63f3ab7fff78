import { type Look, partOf, spell } from "./part.ts";

const part = { code: "database", name: "Database" };
const clock = { code: "clock", name: "Clock" };
const slowMs = 50;
const usedMax = 0.8;
const transactionSecondsMax = 60;
const skewSecondsMax = 2;

type Row = {
  version: string;
  bytes: string;
  used: number;
  max: number;
  transaction_seconds: number | null;
  now: Date;
};

/** Whether it answers quickly, has connections left, and nobody holds a transaction open that stops its cleaning. */
export const lookAtDatabase: Look = async ({ connection }) => {
  const startedMs = performance.now();
  await connection.query("SELECT 1");
  const ms = Math.round((performance.now() - startedMs) * 10) / 10;
  const { rows } = await connection.query<Row>(
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes, now(),
            (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
            current_setting('max_connections')::int AS max,
            (SELECT extract(epoch FROM max(now() - xact_start))::float8 FROM pg_stat_activity WHERE usename = current_user) AS transaction_seconds`,
  );
  const row = rows[0];
  if (!row) return null;
  const longest = row.transaction_seconds ?? 0;
  const says = `PostgreSQL ${row.version}, answers in ${ms} ms, holds ${gibibytes(Number(row.bytes))}, ${row.used} of ${row.max} connections.`;
  if (row.used > row.max * usedMax)
    return partOf(part, "bad", says, "Few connections are left: raise max_connections, or run fewer processes.");
  if (longest > transactionSecondsMax)
    return partOf(
      part,
      "attention",
      `${says} A transaction has been open for ${spell(longest)}.`,
      "See pg_stat_activity for what holds it.",
    );
  if (ms > slowMs) return partOf(part, "attention", says, "It answers slowly: look at its disk and processor.");
  return partOf(part, "ok", says);
};

/** Whether this machine and the database's agree on the time: seals, tokens and deadlines are compared across them. */
export const lookAtClock: Look = async ({ connection }) => {
  const before = Date.now();
  const { rows } = await connection.query<{ now: Date }>("SELECT clock_timestamp() AS now");
  const middle = (before + Date.now()) / 2;
  const seconds = Math.abs((rows[0]?.now.getTime() ?? middle) - middle) / 1000;
  if (seconds > skewSecondsMax)
    return partOf(
      clock,
      "bad",
      `The clocks of this machine and of the database are ${spell(seconds)} apart.`,
      "Let both follow the same time server (chrony, systemd-timesyncd).",
    );
  return partOf(clock, "ok", "This machine and the database agree on the time.");
};

function gibibytes(bytes: number): string {
  return bytes < 1024 ** 3 ? `${Math.round(bytes / 1024 ** 2)} MiB` : `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
