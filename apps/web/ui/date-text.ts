import { formatDate } from "@infirmary/shared/core";

export type DateReading = { date: string } | { fault: string };

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const fourDigits = "Write the year with four digits.";
const unclear = "Write the date as 31-Jan-1980.";

/**
 * Reads a calendar date as people type it: `31-Jan-1980`, `31 january 1980`, `Jan 31, 1980`, `1980-01-31`, `31/1/1980`,
 * `19800131`. What could be two different days is refused with both of them named: a birth date is never guessed.
 * @returns the date as `YYYY-MM-DD`, or what is wrong with the text
 */
export function readDate(text: string): DateReading {
  const parts =
    text
      .trim()
      .toLowerCase()
      .match(/\p{L}+|\d+/gu) ?? [];
  if (parts.length === 1 && /^(18|19|20)\d{6}$/.test(parts[0] ?? "")) {
    const [digits = ""] = parts;
    return check(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6));
  }
  if (/^\d{1,2}\p{L}{3,}\d+$/u.test(text.trim()) || parts.length === 3) return readParts(parts);
  return { fault: unclear };
}

function readParts([a = "", b = "", c = ""]: string[]): DateReading {
  if (/^\d{4}$/.test(a)) return check(a, monthOf(b), c);
  if (!/^\d{4}$/.test(c)) return { fault: /^\d{1,3}$/.test(c) ? fourDigits : unclear };
  if (/\p{L}/u.test(b)) return check(c, monthOf(b), a);
  if (/\p{L}/u.test(a)) return check(c, monthOf(a), b);
  const [first, second] = [Number(a), Number(b)];
  if (first <= 12 && second <= 12 && first !== second) {
    const [dayFirst, monthFirst] = [check(c, b, a), check(c, a, b)];
    if ("date" in dayFirst && "date" in monthFirst) {
      const both = `${formatDate(dayFirst.date)} or ${formatDate(monthFirst.date)}`;
      return { fault: `This could be ${both}. Write the month in letters.` };
    }
  }
  return first > 12 ? check(c, b, a) : check(c, a, b);
}

function monthOf(text: string): string {
  const at = months.findIndex((month) => text.startsWith(month));
  return at === -1 ? text : String(at + 1);
}

function check(year: string, month: string, day: string): DateReading {
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  const exists = /^\d{4}-\d{2}-\d{2}$/.test(iso) && new Date(time || 0).toISOString().slice(0, 10) === iso;
  return exists && !Number.isNaN(time)
    ? { date: iso }
    : { fault: "There is no such day. Write the date as 31-Jan-1980." };
}
