import type { OpenItem } from "@infirmary/native";
import type { Platform } from "./platform.ts";

type Where = { tenantId: string; table: string; id: string };

/** Seals free text into its column of its row: it opens nowhere else. Null stays null. */
export function sealText(
  keys: Platform["keys"],
  { tenantId, table, id }: Where,
  column: string,
  text: string | null,
): Buffer | null {
  if (text === null) return null;
  return Buffer.from(keys.seal(text, { tenant: tenantId, table, column, row: id }));
}

/**
 * Opens the sealed columns of all rows in one go. Answers, in the order of the rows, the texts by column; null where nothing is sealed.
 * @param columns names of the sealed columns, as they are in the table
 */
export function openTexts<Column extends string>(
  keys: Platform["keys"],
  { tenantId, table }: Omit<Where, "id">,
  columns: readonly Column[],
  rows: readonly ({ id: string } & Record<Column, Buffer | null>)[],
): Record<Column, string | null>[] {
  const items: OpenItem[] = rows.flatMap((row) =>
    columns.flatMap((column) => {
      const sealed: Buffer | null = row[column];
      return sealed ? [{ sealed, tenant: tenantId, table, column, row: row.id }] : [];
    }),
  );
  const opened = keys.openMany(items)[Symbol.iterator]();
  return rows.map(
    (row) =>
      Object.fromEntries(
        columns.map((column) => [column, row[column] ? (opened.next().value ?? null) : null]),
      ) as Record<Column, string | null>,
  );
}
