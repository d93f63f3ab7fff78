import type { Work } from "../../core/unit-of-work.ts";
import { fits } from "./name-words.ts";
import {
  countNames,
  type FoundRow,
  findByReadings,
  findByWords,
  looseClass,
  nearClass,
  type Position,
  rightClassLast,
} from "./search-store.ts";
import { readingsOf } from "./similar-names.ts";

/** The best readings are looked for first, the others only where those leave room. */
const firstReadings = 4;

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
  const readings = await readingsOf(work, terms, isLoose ? fits.sound : fits.oneEdit);
  for (const [from, to] of [
    [0, firstReadings],
    [firstReadings, readings.length],
  ] as const) {
    if (found.length >= limit || from >= readings.length) break;
    const near = await findByReadings(connection, {
      tenantId,
      class: isLoose ? looseClass : nearClass,
      before: readings.slice(0, from),
      readings: readings.slice(from, to),
      asTyped: terms.map((term) => `% ${term}%`),
      after: isAmongSimilar ? after : null,
      limit: limit - found.length,
    });
    found.push(...near);
  }
  return found;
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
  const counts = await countNames(connection, { tenantId: scope.tenantId, terms, countMax: 300 });
  const countOf = (term: string) => counts.get(term) ?? 0;
  const [driver = "", ...others] = [...terms].sort((a, b) => countOf(a) - countOf(b) || b.length - a.length);
  return countOf(driver) === 0 ? null : { driver, others };
}
