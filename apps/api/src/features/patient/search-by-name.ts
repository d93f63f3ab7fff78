import type { Work } from "../../core/unit-of-work.ts";
import { type Fit, fitOf, fits, lookupKeysOf } from "./name-words.ts";
import {
  type FoundRow,
  findBySimilarWords,
  findByWords,
  findSimilarWords,
  looseClass,
  nearClass,
  type Position,
  rightClassLast,
} from "./search-store.ts";

/** Similar words taken for one that was typed. */
const similarMax = 24;

/** Patients whose names hold all the words: as typed first, then similar ones, as far as the page has room. */
export async function searchByName(
  work: Work,
  terms: readonly string[],
  { after, limit }: { after: Position | null; limit: number },
): Promise<FoundRow[]> {
  const { connection, scope } = work;
  const { tenantId } = scope;
  // The longest word says most: few names share it.
  const [driver = "", ...others] = [...terms].sort((a, b) => b.length - a.length);
  const isAmongSimilar = after !== null && after.class > rightClassLast;
  const found = isAmongSimilar ? [] : await findByWords(connection, { tenantId, driver, others, after, limit });
  if (found.length === limit) return found;
  // Beside people who match as typed, only one slip away is worth showing; where nobody does, whatever comes near.
  const isLoose = after ? after.class === looseClass : found.length === 0;
  const similar = await similarWords(work, terms, isLoose ? fits.sound : fits.oneEdit);
  const words = similar.get(driver) ?? [];
  if (words.length === 0) return found;
  const near = await findBySimilarWords(connection, {
    tenantId,
    class: isLoose ? looseClass : nearClass,
    words,
    patterns: others.map((term) => ` (${[term, ...(similar.get(term) ?? []).map((word) => `${word} `)].join("|")})`),
    asTyped: terms.map((term) => `% ${term}%`),
    after: isAmongSimilar ? after : null,
    limit: limit - found.length,
  });
  return [...found, ...near];
}

/** For each typed word the words of the dictionary that fit it no worse than `worst`, best first. */
async function similarWords(
  { connection, scope }: Work,
  terms: readonly string[],
  worst: Fit,
): Promise<Map<string, string[]>> {
  const keys = [...new Set(terms.flatMap(lookupKeysOf))];
  const known = await findSimilarWords(connection, { tenantId: scope.tenantId, keys, terms });
  return new Map(
    terms.map((term) => {
      const fitting = known.flatMap((word) => {
        const fit = fitOf(term, word);
        return fit === null || fit > worst ? [] : [{ word, fit }];
      });
      fitting.sort((a, b) => a.fit - b.fit || (a.word < b.word ? -1 : 1));
      return [term, fitting.slice(0, similarMax).map(({ word }) => word)];
    }),
  );
}
