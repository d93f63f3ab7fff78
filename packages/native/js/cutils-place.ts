import { badArgument, requireObject, requireString } from "./cutils-arguments.ts";
import { layout, TOO_LONG, writeText } from "./cutils-native.ts";

const ROW_BYTES_MAX = 255;

/** Where a value is stored; it opens nowhere else. Each part is 1 to 255 bytes of UTF-8. */
export interface Place {
  readonly tenant: string;
  readonly table: string;
  readonly column: string;
  /** The row's id. */
  readonly row: string;
}

/** The four parts, read once and checked: nothing of the caller's runs after this. */
export function requirePlace(place: Place): Place {
  requireObject(place, "place");
  const { tenant, table, column, row } = place;
  requireString(tenant, "tenant");
  requireString(table, "table");
  requireString(column, "column");
  requireString(row, "row");
  return { tenant, table, column, row };
}

/** Writes a row's id into the buffer, where it belongs or at `at`, and returns its length in bytes. */
export function writeRow(row: string, at: number = layout.rowAt): number {
  const length = writeText(row, at, ROW_BYTES_MAX);
  if (length === TOO_LONG || length === 0) throw badArgument("row", `1 to ${ROW_BYTES_MAX} bytes long`);
  return length;
}
