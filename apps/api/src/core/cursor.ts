import { z } from "zod";
import { AppError } from "./app-error.ts";

/** A sort key that is a time, as PostgreSQL writes it: a Date would lose the microseconds that tell rows apart. */
export const exactTime = z
  .string()
  .max(40)
  .regex(/^[\d :.+-]+$/);

/** An opaque place in a list: the sort keys of the last row, in base64url. */
export function encodeCursor(keys: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

/** The sort keys a cursor stands for, checked: it comes back from outside. Null where there is none. */
export function decodeCursor<T extends z.ZodType>(cursor: string | null | undefined, keys: T): z.infer<T> | null {
  if (!cursor) return null;
  try {
    return keys.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new AppError("validation-failed", {
      errors: [{ path: "cursor", message: "This is no cursor of this list." }],
      cause,
    });
  }
}

/** A page out of one row more than its size: what to show, and where the next page starts. */
export function pageFrom<Row, Item>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keysOf: (row: Row) => Record<string, unknown>,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), nextCursor: rows.length > limit && last ? encodeCursor(keysOf(last)) : null };
}
