import type { Connection } from "@infirmary/db/client";

/** A column that holds sealed values, and what of its row the values are bound to. */
export type SealedColumn = {
  table: string;
  /** The table itself, or its partitions. */
  relations: string[];
  /** `…_sealed`, of type bytea. */
  column: string;
  /** The name that values are bound to. */
  boundName: string;
  /** The columns whose values, joined by `|`, name the row. */
  rowKey: string[];
  /** A readable column that an upgrade moves into this one. */
  clear: { column: string; isList: boolean } | null;
};

/** Columns that were sealed under another name than their own. */
const boundNames: Readonly<Record<string, string>> = {
  "hl7_message.raw_sealed": "raw",
  "idempotency_key.answer_sealed": "answer",
};

/** Tables whose rows are named by less than their whole key: a time reads differently from one connection to another. */
const rowKeys: Readonly<Record<string, string[]>> = { audit_entry: ["id"] };

/**
 * The registry of sealed columns, which is the catalogue: every `…_sealed bytea` of a tenant's table, bound to table, column and
 * primary key. A new table is in it by the name of its column.
 */
export async function listSealedColumns(connection: Pick<Connection, "query">): Promise<SealedColumn[]> {
  const { rows } = await connection.query<{
    table: string;
    relations: string[] | null;
    column: string;
    rowKey: string[];
    clearType: string | null;
  }>(
    `SELECT c.relname AS "table", a.attname AS "column",
            (SELECT array_agg(p.relid::regclass::text ORDER BY p.relid::regclass::text) FROM pg_partition_tree(c.oid) p WHERE p.isleaf) AS relations,
            (SELECT array_agg(k.attname::text ORDER BY array_position(i.indkey::int2[], k.attnum))
               FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey::int2[])
              WHERE i.indrelid = c.oid AND i.indisprimary AND k.attname <> 'tenant_id') AS "rowKey",
            (SELECT format_type(p.atttypid, NULL) FROM pg_attribute p
              WHERE p.attrelid = c.oid AND p.attname = left(a.attname, -length('_sealed')) AND NOT p.attisdropped) AS "clearType"
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped AND a.attname LIKE '%\\_sealed'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.atttypid = 'bytea'::regtype
        AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id')
      ORDER BY c.relname, a.attname`,
  );
  return rows.map(({ table, relations, column, rowKey, clearType }) => ({
    table,
    relations: relations ?? [table],
    column,
    boundName: boundNames[`${table}.${column}`] ?? column,
    rowKey: rowKeys[table] ?? rowKey,
    clear: clearType ? { column: column.slice(0, -"_sealed".length), isList: clearType.endsWith("[]") } : null,
  }));
}

/** Where a value of the column lives. `row` is the row's key as `rowText` reads it. */
export const placeIn = ({ table, boundName }: SealedColumn, tenant: string, row: string) => ({
  tenant,
  table,
  column: boundName,
  row,
});

/** SQL for what names a row. */
export const rowText = ({ rowKey }: SealedColumn): string =>
  `concat_ws('|', ${rowKey.map((column) => `${column}::text`).join(", ")})`;
