import { foldName } from "@infirmary/shared/core";
import { splitWords } from "./name-words.ts";

/** A search as typed, taken apart. All parts must hold; the dates of one part, and the readings of a number, are alternatives. */
export type SearchQuery = { terms: string[]; dates: string[][]; numbers: string[] };

const partsMax = 8;
const termLengthMax = 40;
const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** Takes a search apart: dates first, then numbers, the rest are words of a name. */
export function parseSearch(q: string): SearchQuery {
  let rest = q.normalize("NFKC");
  const dates: string[][] = [];
  for (const [pattern, read] of dateForms) {
    rest = rest.replace(pattern, (text, ...groups: string[]) => {
      const days = read(groups).filter(isDate);
      if (days.length === 0 || dates.length >= partsMax) return text;
      dates.push([...new Set(days)]);
      return " ";
    });
  }
  const numbers: string[] = [];
  rest = rest.replace(numberForm, (text) => {
    for (const digits of splitNumbers(text)) numbers.push(digits);
    return " ";
  });
  const terms = new Set(splitWords(foldName(rest)).map((word) => Array.from(word).slice(0, termLengthMax).join("")));
  // A digit or two beside a name is no number to look up: it would match a great part of all records.
  const isAlone = terms.size === 0 && dates.length === 0 && numbers.length === 1;
  for (const short of numbers.filter((digits) => digits.length < 3 && !isAlone)) terms.add(short);
  return {
    terms: [...terms].slice(0, partsMax),
    dates,
    numbers: numbers.filter((digits) => digits.length >= 3 || isAlone).slice(0, partsMax),
  };
}

/** Which kinds of things were searched for: what the audit log keeps in place of the text, which is a person's name or number. */
export function shapeOf({ terms, dates, numbers }: SearchQuery): string {
  const kinds = [
    [terms.length, "name"],
    [dates.length, "birth date"],
    [numbers.length, "number"],
  ] as const;
  return kinds.flatMap(([count, kind]) => (count > 1 ? `${count} x ${kind}` : count === 1 ? kind : [])).join(", ");
}

/** `20260131` as a date, where it is one. */
export function compactDate(digits: string): string | null {
  const date = digits.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  return digits.length === 8 && isDate(date) ? date : null;
}

const iso = (year = "", month = "", day = "") => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
/** 0, which is no month, for any other word. */
const monthNumber = (name = "") => String(months.findIndex((month) => month.startsWith(name.toLowerCase())) + 1);

/** Forms of a date, each with how its groups read; where day and month could be either, both readings are looked for. */
const dateForms: readonly (readonly [RegExp, (groups: string[]) => string[]])[] = [
  [/(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g, ([year, month, day]) => [iso(year, month, day)]],
  [/(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/g, ([day, month, year]) => [iso(year, month, day)]],
  [/(?<!\d)(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?!\d)/g, ([a, b, year]) => [iso(year, a, b), iso(year, b, a)]],
  [
    /(?<!\d)(\d{1,2})[\s.-]*([a-z]{3,9})[\s.,-]*(\d{4})(?!\d)/gi,
    ([day, month, year]) => [iso(year, monthNumber(month), day)],
  ],
  [
    /(?<!\p{L})([a-z]{3,9})[\s.]+(\d{1,2})[\s,]+(\d{4})(?!\d)/giu,
    ([month, day, year]) => [iso(year, monthNumber(month), day)],
  ],
];

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A number with its grouping: `100-042-7`, `+1 (555) 010-0100`, `123-45-6789`; an extension does not count. */
const numberForm = /(?<![\p{L}\p{N}])\+?\(?\d(?:[\d\s().-]*\d)?(?:\s*(?:x|ext\.?)\s*\d{1,6})?(?![\p{L}\p{N}])/giu;

/** One number however it is grouped; where the digits are too many for any, each group is one. */
function splitNumbers(text: string): string[] {
  const bare = text.replace(/\s*(?:x|ext\.?)\s*\d{1,6}$/i, "");
  const digits = bare.replace(/\D/g, "");
  return digits.length <= 15
    ? [digits]
    : bare
        .split(/\s+/)
        .map((part) => part.replace(/\D/g, ""))
        .filter(Boolean);
}
