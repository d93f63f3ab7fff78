import type { Connection, Database } from "@infirmary/db/client";
import { beginIn } from "../begin.ts";
import type { FieldKeys } from "./field-keys.ts";
import { placeIn, rowText, type SealedColumn } from "./sealed-column.ts";

export type Resealing = { pool: Database["pool"]; keys: FieldKeys; tenantId: string };
type Found = { at: string; row: string; sealed: Buffer | null; clear: string | string[] | null };

/** Raw messages are large: of those a batch is a few. */
const batchSizeOf = ({ table }: SealedColumn) => (table === "hl7_message" ? 50 : 500);
const firstPlace = "(0,0)";

/**
 * Seals what is readable still or sealed under another key than the present one, in small transactions beside the running product.
 * What is done is seen from the data, so that a run that was cut off goes on where it was. A value that does not open stays as it is.
 * @param onSealed is told the number of values after each batch
 */
export async function resealColumn(
  resealing: Resealing,
  column: SealedColumn,
  onSealed: (count: number) => Promise<void>,
): Promise<void> {
  for (const relation of column.relations) {
    // A changed row moves to another place of the file, perhaps before the one reached: again until nothing is left to do.
    while ((await resealPass(resealing, { column, relation, onSealed })) > 0);
  }
}

/** How many values of a column there are, and how many of them are readable still or under an older key. */
export async function countValues(
  { pool, keys, tenantId }: Resealing,
  column: SealedColumn,
): Promise<{ all: number; stale: number }> {
  await keys.ready(tenantId);
  const activeId = keys.activeKeyId(tenantId, column.table);
  const { rows } = await pool.transaction(beginIn({ tenantId }), async (connection) => {
    await connection.query("SET LOCAL statement_timeout = 0");
    return connection.query<{ all: string; stale: string }>(
      `SELECT count(*) FILTER (WHERE ${column.column} IS NOT NULL OR ${isClear(column)}) AS "all",
              count(*) FILTER (WHERE ${isStale(column, "$2")}) AS stale
         FROM ${column.table} WHERE tenant_id = $1`,
      [tenantId, keyBytes(activeId ?? 0)],
    );
  });
  return { all: Number(rows[0]?.all), stale: Number(rows[0]?.stale) };
}

/** Opens every sealed value of a column. @returns how many opened, and the rows whose value did not */
export async function verifyColumn(
  { pool, keys, tenantId }: Resealing,
  column: SealedColumn,
): Promise<{ opened: number; failed: string[] }> {
  const failed: string[] = [];
  let opened = 0;
  for (const relation of column.relations) {
    for (let after = firstPlace; ; ) {
      const rows = await pool.transaction(beginIn({ tenantId }), (connection) =>
        scan(connection, { tenantId, column, relation, after, where: `${column.column} IS NOT NULL` }),
      );
      for (const { row, sealed } of rows) {
        if (sealed && openedBytes(keys, { column, tenantId, row, sealed })) opened++;
        else failed.push(row);
      }
      const last = rows.at(-1);
      if (!last) break;
      after = last.at;
    }
  }
  return { opened, failed };
}

/** Goes through a table once. @returns how many values it sealed */
async function resealPass(
  resealing: Resealing,
  { column, relation, onSealed }: { column: SealedColumn; relation: string; onSealed(count: number): Promise<void> },
): Promise<number> {
  const { pool, keys, tenantId } = resealing;
  let total = 0;
  for (let after = firstPlace; ; ) {
    await keys.ready(tenantId);
    const activeId = keys.activeKeyId(tenantId, column.table);
    if (activeId === null) return 0;
    const { rows, count } = await pool.transaction(beginIn({ tenantId }), async (connection) => {
      const found = await scan(connection, { tenantId, column, relation, after, where: isStale(column), activeId });
      return { rows: found, count: await replace(connection, { resealing, column, relation, rows: found }) };
    });
    total += count;
    const last = rows.at(-1);
    if (!last) return total;
    await onSealed(count);
    after = last.at;
  }
}

/** The next rows of a table in the order of the file, held for this transaction where they are to be changed. */
async function scan(
  connection: Connection,
  options: {
    tenantId: string;
    column: SealedColumn;
    relation: string;
    after: string;
    where: string;
    activeId?: number;
  },
): Promise<Found[]> {
  const { tenantId, column, relation, after, where, activeId } = options;
  await connection.query(
    "SET LOCAL statement_timeout = 0; SET LOCAL synchronize_seqscans = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL max_parallel_workers_per_gather = 0",
  );
  const { rows } = await connection.query<Found>(
    `SELECT ctid::text AS at, ${rowText(column)} AS row, ${column.column} AS sealed, ${column.clear?.column ?? "NULL"} AS clear
       FROM ${relation} WHERE tenant_id = $1 AND ctid > $2::tid AND (${where}) LIMIT ${batchSizeOf(column)}
       ${activeId === undefined ? "" : "FOR UPDATE SKIP LOCKED"}`,
    activeId === undefined ? [tenantId, after] : [tenantId, after, keyBytes(activeId)],
  );
  return rows;
}

async function replace(
  connection: Connection,
  options: { resealing: Resealing; column: SealedColumn; relation: string; rows: Found[] },
): Promise<number> {
  const { column, relation } = options;
  const { keys, tenantId } = options.resealing;
  const rows = options.rows.flatMap(({ at, row, sealed, clear }) => {
    const place = placeIn(column, tenantId, row);
    const value = clearText(clear) ?? (sealed ? openedBytes(keys, { column, tenantId, row, sealed }) : null);
    return value === null ? [] : [{ at, fresh: Buffer.from(keys.seal(value, place)) }];
  });
  if (rows.length === 0) return 0;
  await connection.query("SELECT set_config('app.reseal', 'on', true)");
  const emptied = column.clear ? `, ${column.clear.column} = ${column.clear.isList ? "'{}'" : "NULL"}` : "";
  const { rowCount } = await connection.query(
    `UPDATE ${relation} t SET ${column.column} = u.fresh${emptied} FROM unnest($1::tid[], $2::bytea[]) u (at, fresh)
      WHERE t.ctid = u.at AND t.tenant_id = $3`,
    [rows.map(({ at }) => at), rows.map(({ fresh }) => fresh), tenantId],
  );
  return rowCount ?? 0;
}

function openedBytes(
  keys: FieldKeys,
  { column, tenantId, row, sealed }: { column: SealedColumn; tenantId: string; row: string; sealed: Uint8Array },
): Uint8Array | null {
  try {
    return keys.openBytes(sealed, placeIn(column, tenantId, row));
  } catch {
    return null;
  }
}

/** What stands in a readable column; a list is sealed as JSON, an empty one is nothing. */
function clearText(clear: string | string[] | null): string | null {
  if (clear === null || typeof clear === "string") return clear;
  return clear.length > 0 ? JSON.stringify(clear) : null;
}

const isClear = ({ clear }: SealedColumn) =>
  clear ? (clear.isList ? `cardinality(${clear.column}) > 0` : `${clear.column} IS NOT NULL`) : "false";
/** `$3` is the present key's number, `$2` in `countValues`. */
const isStale = (column: SealedColumn, key = "$3") =>
  `substring(${column.column} FROM 3 FOR 4) <> ${key} OR ${isClear(column)}`;

/** A key's number as it stands in an envelope. */
function keyBytes(id: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id);
  return bytes;
}
