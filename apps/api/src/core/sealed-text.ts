import type { OpenItem } from "@infirmary/native";
import type { Platform } from "./platform.ts";

type Where = { tenantId: string; table: string; id: string };

/** Seals free text into its column of its row: it opens nowhere else. Null stays null. */
export function sealText(
  keys: Pick<Platform["keys"], "seal">,
  { tenantId, table, id }: Where,
  column: string,
  text: string | null,
): Buffer | null {
  if (text === null) return null;
  return Buffer.from(keys.seal(text, { tenant: tenantId, table, column, row: id }));
}

/**
 * SQL for a sealed column beside the readable one it took the place of. While a new version replaces an old one, processes of the old one
 * still write readable texts: they are shown, and sealed when values are sealed next.
 * @param column the readable one's name, with its table's alias
 */
export const sealedOrReadable = (column: string): string =>
  `COALESCE(${column}_sealed, convert_to(${column}, 'UTF8')) AS ${column.slice(column.indexOf(".") + 1)}_sealed`;

/** Every envelope begins with its version, which no readable text does. */
const envelopeVersion = 0x01;
const isSealed = (value: Uint8Array): boolean => value[0] === envelopeVersion;

/**
 * Opens the sealed columns of all rows in one go. Answers, in the order of the rows, the texts by column; null where nothing is sealed.
 * @param columns names of the sealed columns, as they are in the table
 */
export function openTexts<Column extends string>(
  keys: Pick<Platform["keys"], "openMany">,
  { tenantId, table }: Omit<Where, "id">,
  columns: readonly Column[],
  rows: readonly ({ id: string } & Record<Column, Buffer | null>)[],
): Record<Column, string | null>[] {
  const items: OpenItem[] = rows.flatMap((row) =>
    columns.flatMap((column) => {
      const sealed: Buffer | null = row[column];
      return sealed && isSealed(sealed) ? [{ sealed, tenant: tenantId, table, column, row: row.id }] : [];
    }),
  );
  const opened = keys.openMany(items)[Symbol.iterator]();
  return rows.map(
    (row) =>
      Object.fromEntries(
        columns.map((column) => {
          const value: Buffer | null = row[column];
          if (!value) return [column, null];
          return [column, isSealed(value) ? (opened.next().value ?? null) : value.toString("utf8")];
        }),
      ) as Record<Column, string | null>,
  );
}
