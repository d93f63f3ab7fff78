import type { Work } from "../../core/unit-of-work.ts";
import { type Fit, fitOf, fits, lookupKeysOf } from "./name-words.ts";
import { countNames, findSimilarWords, type Reading } from "./search-store.ts";

/** Words taken for one that was typed, and readings made of them. */
const optionsMax = 12;
const readingsMax = 40;

/** What a typed word may stand for: a word of the dictionary, or, where `word` is null, whatever begins with it. */
type Option = { word: string | null; pattern: string; fit: Fit };

/**
 * What a misspelt search may mean, best first: each typed word taken as itself, as a beginning, or as a word of the dictionary that fits
 * it no worse than `worst`. The readings as typed are left out: those have been looked for.
 */
export async function readingsOf(work: Work, terms: readonly string[], worst: Fit): Promise<Reading[]> {
  const { connection, scope } = work;
  const keys = [...new Set(terms.flatMap(lookupKeysOf))];
  const known = await findSimilarWords(connection, { tenantId: scope.tenantId, keys, terms });
  let readings: { options: Option[]; fit: number }[] = [{ options: [], fit: 0 }];
  for (const term of terms) {
    const options = optionsOf(term, known, worst);
    readings = readings
      .flatMap((reading) =>
        options.map((option) => ({ options: [...reading.options, option], fit: reading.fit + option.fit })),
      )
      .sort((a, b) => a.fit - b.fit)
      .slice(0, readingsMax * 2);
  }
  const misspelt = readings.filter(({ options }) => options.some(({ fit }) => fit > fits.prefix)).slice(0, readingsMax);
  const words = [...new Set(misspelt.flatMap(({ options }) => options.flatMap(({ word }) => word ?? [])))];
  const counts =
    terms.length > 1 && words.length > 0
      ? await countNames(connection, { tenantId: scope.tenantId, terms: words, countMax: 300 })
      : new Map<string, number>();
  return misspelt.flatMap(({ options }) => toReading(options, counts));
}

function optionsOf(term: string, known: readonly { word: string; begins: string | null }[], worst: Fit): Option[] {
  const words = [...new Set(known.map(({ word }) => word))];
  const similar = words.flatMap((word): Option[] => {
    const fit = fitOf(term, word);
    return fit === null || fit > worst || fit === fits.prefix ? [] : [{ word, pattern: `% ${word} %`, fit }];
  });
  similar.sort((a, b) => a.fit - b.fit || ((a.word ?? "") < (b.word ?? "") ? -1 : 1));
  const isBeginning = known.some(({ word, begins }) => begins === term && word.startsWith(term) && word !== term);
  const begun: Option[] = isBeginning ? [{ word: null, pattern: `% ${term}%`, fit: fits.prefix }] : [];
  return [...similar.slice(0, optionsMax), ...begun];
}

/** Walks the index by the word that the fewest names hold; none where nothing but a beginning is known. */
function toReading(options: readonly Option[], counts: ReadonlyMap<string, number>): Reading[] {
  const [driver] = options
    .flatMap((option) => (option.word === null ? [] : [{ option, word: option.word }]))
    .sort((a, b) => (counts.get(a.word) ?? 0) - (counts.get(b.word) ?? 0) || b.word.length - a.word.length);
  if (!driver) return [];
  return [
    { word: driver.word, patterns: options.filter((option) => option !== driver.option).map(({ pattern }) => pattern) },
  ];
}
