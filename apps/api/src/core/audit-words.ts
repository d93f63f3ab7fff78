import { hash, randomBytes } from "node:crypto";
import { isUnknownKey } from "./keys/field-keys.ts";
import type { Platform } from "./platform.ts";
import { openTexts, sealText } from "./sealed-text.ts";

type Keys = Pick<Platform["keys"], "seal" | "openMany">;
const table = "audit_entry";
const saltDigits = 32;

/**
 * What a person wrote beside a deed, for its entry: sealed, and as the salted hash that the entry's own hash covers. Nobody can guess words
 * from the hash, and changed words do not fit it. Undefined where there are none.
 */
export function sealWords(
  keys: Keys,
  { tenantId, id }: { tenantId: string; id: string },
  words: string | null | undefined,
): { wordsSealed: Buffer; wordsHash: string } | undefined {
  if (!words) return undefined;
  const salted = randomBytes(saltDigits / 2).toString("hex") + words;
  const wordsSealed = sealText(keys, { tenantId, table, id }, "words_sealed", salted);
  return wordsSealed ? { wordsSealed, wordsHash: hash("sha256", salted) } : undefined;
}

type Row = { id: string; words_sealed: Buffer | null; words_hash: Buffer | null };

/** The words of entries, in their order; null where nobody wrote any. Words that do not belong to their entry are not shown as if they did. */
export function openWords(keys: Keys, tenantId: string, rows: readonly Row[]): (string | null)[] {
  const open = (some: readonly Row[]) => openTexts(keys, { tenantId, table }, ["words_sealed"], some);
  let texts: { words_sealed: string | null }[];
  try {
    texts = open(rows);
  } catch (error) {
    // A key made elsewhere a moment ago: the unit of work reads the keys and runs again.
    if (isUnknownKey(error)) throw error;
    texts = rows.map((row) => {
      try {
        return open([row])[0] ?? { words_sealed: null };
      } catch {
        return { words_sealed: "" };
      }
    });
  }
  return rows.map((row, index) => {
    const salted = texts[index]?.words_sealed ?? null;
    if (salted === null && row.words_hash === null) return null;
    if (salted === null || row.words_hash === null || hash("sha256", salted) !== row.words_hash.toString("hex"))
      return "(what was written here was changed or removed)";
    return salted.slice(saltDigits);
  });
}
