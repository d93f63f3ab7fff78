import type { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import type { Keys } from "./patient.ts";

/** A place in one list of one tenant. `list` names the list and all that its order depends on. */
export type ListPlace = { tenantId: string; list: string };

/**
 * The sort keys of the last row as an opaque cursor. Sealed, because a cursor can travel in an address and these keys are
 * names and birth dates; it opens only in the list it was made for.
 */
export function sealPosition(keys: Keys, place: ListPlace, position: readonly unknown[]): string {
  return Buffer.from(keys.seal(JSON.stringify(position), sealPlace(place))).toString("base64url");
}

/** The sort keys a cursor stands for; null where there is none, `validation-failed` for one that is not of this list. */
export function openPosition<T extends z.ZodType>(
  keys: Keys,
  { cursor, shape, ...place }: ListPlace & { cursor: string | null | undefined; shape: T },
): z.infer<T> | null {
  if (!cursor) return null;
  try {
    return shape.parse(JSON.parse(keys.open(Buffer.from(cursor, "base64url"), sealPlace(place))));
  } catch (cause) {
    throw new AppError("validation-failed", {
      errors: [{ path: "cursor", message: "This is no cursor of this list." }],
      cause,
    });
  }
}

const sealPlace = ({ tenantId, list }: ListPlace) => ({
  tenant: tenantId,
  table: "patient",
  column: "cursor",
  row: list,
});
