import type { Work } from "../../core/unit-of-work.ts";
import { type Fit, fitOf, fits, lookupKeysOf } from "./name-words.ts";
import {
  beginningsMax,
  countNames,
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
const similarMax = beginningsMax;

/** Patients whose names hold all the words: as typed first, then similar ones, as far as the page has room. */
export async function searchByName(
  work: Work,
  terms: readonly string[],
  { after, limit }: { after: Position | null; limit: number },
): Promise<FoundRow[]> {
  const { connection, scope } = work;
  const { tenantId } = scope;
  const isAmongSimilar = after !== null && after.class > rightClassLast;
  const asTyped = isAmongSimilar ? null : await rarestFirst(work, terms);
  const found = asTyped ? await findByWords(connection, { tenantId, ...asTyped, after, limit }) : [];
  if (found.length === limit) return found;
  // Beside people who match as typed, only one slip away is worth showing; where nobody does, whatever comes near.
  const isLoose = after ? after.class === looseClass : found.length === 0;
  const similar = await similarWords(work, terms, isLoose ? fits.sound : fits.oneEdit);
  const driver = await rarestSimilar(work, similar);
  if (!driver || driver.words.length === 0) return found;
  const others = similar.filter((one) => one !== driver);
  const near = await findBySimilarWords(connection, {
    tenantId,
    class: isLoose ? looseClass : nearClass,
    words: driver.words,
    patterns: others.map(({ term, words }) => ` (${[term, ...words.map((word) => `${word} `)].join("|")})`),
    asTyped: terms.map((term) => `% ${term}%`),
    after: isAmongSimilar ? after : null,
    limit: limit - found.length,
  });
  return [...found, ...near];
}

/**
 * The word to walk the index by, the one fewest names begin a word with, and the others; null where one of several begins no name
 * at all: then nobody matches as typed.
 */
async function rarestFirst(
  { connection, scope }: Work,
  terms: readonly string[],
): Promise<{ driver: string; others: string[] } | null> {
  const [only = ""] = terms;
  if (terms.length === 1) return { driver: only, others: [] };
  const counts = await countNames(connection, { tenantId: scope.tenantId, terms, countMax: 1000 });
  const countOf = (term: string) => counts.get(term) ?? 0;
  const [driver = "", ...others] = [...terms].sort((a, b) => countOf(a) - countOf(b) || b.length - a.length);
  return countOf(driver) === 0 ? null : { driver, others };
}

/**
 * The typed word whose similar words the fewest names hold. One that so many words begin with that not all are known would miss some:
 * it is taken only where every one is such.
 */
async function rarestSimilar({ connection, scope }: Work, similar: readonly Similar[]): Promise<Similar | undefined> {
  const whole = similar.filter(({ isComplete }) => isComplete);
  const usable = whole.length > 0 ? whole : similar;
  if (usable.length <= 1) return usable[0];
  const words = [...new Set(usable.flatMap((one) => one.words))];
  const counts = await countNames(connection, { tenantId: scope.tenantId, terms: words, countMax: 300 });
  const sumOf = (one: Similar) => one.words.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0);
  return [...usable].sort((a, b) => sumOf(a) - sumOf(b) || b.term.length - a.term.length)[0];
}

type Similar = { term: string; words: string[]; isComplete: boolean };

/** For each typed word the words of the dictionary that fit it no worse than `worst`, best first. */
async function similarWords({ connection, scope }: Work, terms: readonly string[], worst: Fit): Promise<Similar[]> {
  const keys = [...new Set(terms.flatMap(lookupKeysOf))];
  const known = await findSimilarWords(connection, { tenantId: scope.tenantId, keys, terms });
  const words = [...new Set(known.map(({ word }) => word))];
  return terms.map((term) => {
    const fitting = words.flatMap((word) => {
      const fit = fitOf(term, word);
      // Whoever matches a single word as typed has been found; of several, one may be right and another misspelt.
      const isKnown = terms.length === 1 && fit !== null && fit <= fits.prefix;
      return fit === null || fit > worst || isKnown ? [] : [{ word, fit }];
    });
    fitting.sort((a, b) => a.fit - b.fit || (a.word < b.word ? -1 : 1));
    const beginnings = known.filter(({ begins }) => begins === term).length;
    return {
      term,
      words: fitting.slice(0, similarMax).map(({ word }) => word),
      isComplete: beginnings < beginningsMax,
    };
  });
}
