import { foldName } from "@infirmary/shared/core";

const sortNameLengthMax = 80;
const wordLengthMax = 40;
const wordsMax = 16;
/** Shorter words have no misspellings of their own: one letter off is another word. */
const variantLengthMin = 4;
const soundLengthMin = 3;

/** What names sort by: folded last name, two blanks, folded first name, cut so that it always fits an index. */
export function sortNameOf({ lastName, firstName }: { lastName: string; firstName: string }): string {
  return cut(`${foldName(lastName)}  ${foldName(firstName)}`, sortNameLengthMax);
}

/**
 * The folded words a person is found by, ascending in byte order: each word of the names, a name of several words also
 * written as one (De la Cruz, DelaCruz), what follows an apostrophe (O'Brien, Brien), each Chinese character.
 */
export function nameWordsOf({ lastName, firstName }: { lastName: string; firstName: string }): string[] {
  const words = [lastName, firstName].flatMap((name) => {
    const parts = splitWords(foldName(name));
    const joined = parts.length > 1 && !hanScript.test(name) ? [parts.join("")] : [];
    const afterApostrophe = name
      .split(apostrophe)
      .map(foldName)
      .filter((part) => part.length >= 3 && !part.includes(" "));
    return [...parts, ...joined, ...afterApostrophe];
  });
  return [...new Set(words.map((word) => cut(word, wordLengthMax)))].slice(0, wordsMax).sort(byBytes);
}

/** The words of a folded text; a word in Chinese script is as many words as it has characters. */
export function splitWords(folded: string): string[] {
  return folded.split(" ").flatMap((word) => word.match(hanOrRest) ?? []);
}

/** The spellings a word is entered under in the dictionary: itself, with any one letter left out, and its sound. */
export function variantsOf(word: string): string[] {
  return [...new Set([word, ...(word.length >= variantLengthMin ? shortened(word) : []), ...soundKey(word)])];
}

/** The spellings to look a typed word up by; a long one also with any two letters left out. */
export function lookupKeysOf(term: string): string[] {
  const once = term.length >= variantLengthMin ? shortened(term) : [];
  const twice = term.length >= 7 && term.length <= 14 ? once.flatMap(shortened) : [];
  return [...new Set([term, ...once, ...twice, ...soundKey(term)])];
}

/** How a typed word fits a word of a name, best first; null where it does not. */
export type Fit = 0 | 1 | 2 | 3 | 4 | 5;
export const fits = { exact: 0, prefix: 1, oneEdit: 2, prefixOneEdit: 3, twoEdits: 4, sound: 5 } as const;

export function fitOf(term: string, word: string): Fit | null {
  if (term === word) return fits.exact;
  if (word.startsWith(term)) return fits.prefix;
  if (term.length < 3) return null;
  const edits = editDistance(term, word);
  if (edits <= 1) return fits.oneEdit;
  if (term.length >= variantLengthMin && editDistance(term, word.slice(0, term.length)) <= 1) return fits.prefixOneEdit;
  if (term.length >= 7 && edits <= 2) return fits.twoEdits;
  const [sound] = soundKey(term);
  return sound !== undefined && sound === soundKey(word)[0] ? fits.sound : null;
}

/** How well a whole name fits all typed words: the sum of each word's best fit; null where one fits nothing. */
export function nameFitOf(terms: readonly string[], words: readonly string[]): number | null {
  let sum = 0;
  for (const term of terms) {
    const best = words.map((word) => fitOf(term, word)).filter((fit) => fit !== null);
    if (best.length === 0) return null;
    sum += Math.min(...best);
  }
  return sum;
}

/** Letters to insert, drop, replace or swap with their neighbour to get from one word to the other (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replaced, at(last, j) + 1, at(row, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

/**
 * The sound of a Latin word: consonants that sound alike become one, vowels after the first letter drop out, so that
 * Catherine and Katharina, Stephen and Steven, Mohammed and Mahmoud's spellings meet. Empty where too little is left to tell.
 */
function soundKey(word: string): string[] {
  if (!/^[a-z]{4,}$/.test(word)) return [];
  const alike = soundsAlike
    .reduce((text, [pattern, sound]) => text.replace(pattern, sound), word)
    .replace(/(.)\1+/g, "$1");
  const key = alike.slice(0, 1) + alike.slice(1).replace(/[aeiouyh]/g, "");
  return key.length >= soundLengthMin ? [`~${key}`] : [];
}

const soundsAlike: readonly (readonly [RegExp, string])[] = [
  [/sch|sh/g, "s"],
  [/ph|[vw]/g, "f"],
  [/ck|q/g, "k"],
  [/c(?=[eiy])|z/g, "s"],
  [/c/g, "k"],
  [/x/g, "ks"],
  [/g(?=[ei])/g, "j"],
  [/th|d/g, "t"],
];

const apostrophe = /['’‘`ʼʻ]/;
const hanScript = /\p{Script=Han}/u;
const hanOrRest = /\p{Script=Han}|[^\p{Script=Han}]+/gu;

const shortened = (word: string) => Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
const at = (row: readonly number[], index: number) => row[index] ?? 0;
const cut = (text: string, lengthMax: number) =>
  text.length <= lengthMax ? text : Array.from(text).slice(0, lengthMax).join("");
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
