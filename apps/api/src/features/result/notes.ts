import type { Platform } from "../../core/platform.ts";
import { openTexts, sealText } from "../../core/sealed-text.ts";
import type { Stored } from "./store.ts";

type Keys = Platform["keys"];

/** Remarks of a value (NTE) are free text of a laboratory and can name people: sealed together, as JSON; null where there are none. */
export function sealNotes(
  keys: Keys,
  { tenantId, id }: { tenantId: string; id: string },
  notes: readonly string[],
): Buffer | null {
  const text = notes.length > 0 ? JSON.stringify(notes) : null;
  return sealText(keys, { tenantId, table: "observation", id }, "notes_sealed", text);
}

/** The rows with their remarks opened, all in one go. */
export function openNotes<Row extends { id: string; notes: string[] }>(
  keys: Keys,
  tenantId: string,
  rows: readonly Stored<Row>[],
): Row[] {
  const sealed = rows.map(({ id, notes_sealed }) => ({ id: String(id), notes_sealed }));
  const texts = openTexts(keys, { tenantId, table: "observation" }, ["notes_sealed"], sealed);
  return rows.map(({ notes_sealed: _, ...row }, index) => {
    const text = texts[index]?.notes_sealed ?? null;
    return { ...row, notes: text === null ? [] : (JSON.parse(text) as string[]) } as unknown as Row;
  });
}
