import type { Work } from "../../core/unit-of-work.ts";
import { nameFitOf, nameWordsOf } from "./name-words.ts";
import { numberKeyOf } from "./number-key.ts";
import type { SearchQuery } from "./search-query.ts";
import { type Candidate, type FoundRow, findByKeys, findPatients, type Position } from "./search-store.ts";

/** So many share a birth date only where it stands for "not known". Then names must match as typed. */
const candidatesMax = 2000;

/** Patients with all the dates and numbers, ranked by how well their names fit the words, if any. */
export async function searchByKeys(
  work: Work,
  { terms, dates, numbers }: SearchQuery,
  { after, limit }: { after: Position | null; limit: number },
): Promise<FoundRow[]> {
  const { connection, scope } = work;
  const { tenantId } = scope;
  const keys = { tenantId, dates, numbers: numbers.map((digits) => numberKeyOf(work, digits)), limit: candidatesMax };
  let candidates = await findByKeys(connection, { ...keys, patterns: [] });
  if (candidates.length === candidatesMax && terms.length > 0) {
    candidates = await findByKeys(connection, { ...keys, patterns: terms.map((term) => `% ${term}%`) });
  }
  const ranked = candidates
    .flatMap((candidate) => withFit(candidate, terms))
    .sort((a, b) => a.class - b.class || compare(a.sort_name, b.sort_name) || compare(a.id, b.id));
  const start = after ? ranked.findIndex((candidate) => isBeyond(candidate, after)) : 0;
  const page = start < 0 ? [] : ranked.slice(start, start + limit);
  const classes = new Map(page.map((candidate) => [candidate.id, candidate.class]));
  const rows = await findPatients(connection, { tenantId, ids: [...classes.keys()] });
  return rows.map((row) => ({ ...row, class: classes.get(row.id) ?? 0, key: "" }));
}

function withFit(candidate: Candidate, terms: readonly string[]): (Candidate & { class: number })[] {
  const names = { firstName: candidate.first_name, lastName: candidate.last_name };
  const fit = terms.length === 0 ? 0 : nameFitOf(terms, nameWordsOf(names));
  return fit === null ? [] : [{ ...candidate, class: fit }];
}

const isBeyond = (candidate: Candidate & { class: number }, after: Position) =>
  (candidate.class - after.class || compare(candidate.sort_name, after.sortName) || compare(candidate.id, after.id)) >
  0;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
