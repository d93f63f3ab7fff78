import type { DiagnosisCode, DiagnosisSearch } from "@infirmary/shared/diagnosis";
import type { Work } from "../../core/unit-of-work.ts";
import { codesByWords, codesFrom, recentCodes } from "./store.ts";

/** Finds codes by the beginning of a code or of words; what the person wrote last for nothing typed. No patient is in it. */
export async function searchCodes(work: Work, { q, limit }: DiagnosisSearch): Promise<{ items: DiagnosisCode[] }> {
  const { connection, scope } = work;
  const text = q.trim();
  if (text === "") {
    const { tenantId, actor } = scope;
    return { items: actor ? await recentCodes(connection, { tenantId, userId: actor.userId, limit }) : [] };
  }
  const prefix = codePrefix(text);
  const byCode = prefix ? await codesFrom(connection, prefix, limit) : [];
  const query = wordPrefixes(text);
  const byWords = query && byCode.length < limit ? await codesByWords(connection, query, limit) : [];
  const items = new Map([...byCode, ...byWords].map((code) => [code.code, code]));
  return { items: [...items.values()].slice(0, limit) };
}

/** `e119` and `E11.9` -> `E11.9`; null where it cannot be the beginning of a code. */
export function codePrefix(text: string): string | null {
  const bare = text.toUpperCase().replace(".", "");
  if (!/^[A-Z]\d[0-9A-Z]{0,5}$/.test(bare)) return null;
  return bare.length > 3 ? `${bare.slice(0, 3)}.${bare.slice(3)}` : bare;
}

/** A tsquery that asks for every word as a beginning: `heart fail` -> `heart:* & fail:*`; null where there is no word. */
export function wordPrefixes(text: string): string | null {
  const words =
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, 8) ?? [];
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(" & ");
}
