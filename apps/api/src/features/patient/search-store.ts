import type { Connection } from "@infirmary/db/client";
import type { PatientRow } from "./patient.ts";
import { patientColumns } from "./store.ts";

/** Sorts after every word and name (UTF-8, byte order). */
const last = "\u{10FFFF}";
const noId = "00000000-0000-0000-0000-000000000000";

/** Where a search goes on: the class of match, the key within the class, then name and id. */
export type Position = { class: number; key: string; sortName: string; id: string };
export type FoundRow = PatientRow & { class: number; key: string };

type Search = { tenantId: string; after: Position | null; limit: number };

const startOf = (matchClass: number, after: Position | null) => {
  if (!after || after.class < matchClass) return { key: "", sortName: "", id: noId };
  return after.class > matchClass ? { key: last, sortName: last, id: noId } : after;
};

/** The patient is one the person may see. Written as a look-up for each name: row-level security answers it, and no plan turns it into a join of everything. */
const isVisible = (alias: string) =>
  `(SELECT v.id FROM patient v WHERE v.tenant_id = $1 AND v.id = ${alias}.patient_id) IS NOT NULL`;

/** One class of the search by words: walks the index from a position on, in the order it is shown in, and stops at the limit. */
const walk = (matchClass: number, where: string, position: string, order: string) => `
  SELECT ${matchClass} AS class, word AS key, sort_name, patient_id FROM patient_name n
   WHERE tenant_id = $1 AND ${where} AND (${order}, patient_id) > ${position} AND ${isVisible("n")}
   ORDER BY ${order}, patient_id LIMIT $4`;
const wholeWord = "word = $2";
// The first of a patient's words with this beginning: whoever has two is found once, and never where the whole word is there.
const beginning = "word > $2 AND word < $3 AND strpos(words, ' ' || $2::text) = strpos(words, ' ' || word || ' ')";
/** The walks one after the other, each only as far as those before left room; then the patients. */
const inTurn = (walks: string[]) => {
  const room = (index: number) =>
    walks
      .slice(0, index)
      .map((_, at) => ` - (SELECT count(*) FROM w${at})`)
      .join("");
  return `
  WITH ${walks.map((text, index) => `w${index} AS MATERIALIZED (${text}${room(index)})`).join(", ")}
  SELECT n.class, n.key, ${patientColumns}
    FROM (${walks.map((_, index) => `SELECT * FROM w${index}`).join(" UNION ALL ")}) n
    JOIN patient p ON p.tenant_id = $1 AND p.id = n.patient_id AND p.deleted_at IS NULL
   ORDER BY n.class, n.key, n.sort_name, n.patient_id LIMIT $4`;
};

const oneWordText = inTurn([
  walk(0, wholeWord, "($5::text, $6::uuid)", "sort_name"),
  walk(1, beginning, "($7::text, $8::text, $9::uuid)", "word, sort_name"),
]);
const manyWordsText = inTurn([
  walk(0, `${wholeWord} AND words LIKE ALL ($10)`, "($5::text, $6::uuid)", "sort_name"),
  walk(1, `${wholeWord} AND words LIKE ALL ($11) AND NOT words LIKE ALL ($10)`, "($12::text, $13::uuid)", "sort_name"),
  walk(2, `${beginning} AND words LIKE ALL ($11)`, "($7::text, $8::text, $9::uuid)", "word, sort_name"),
]);

/** Classes of match after those of words as typed (0 to 2): one slip away beside such, anything near where there are none. */
export const rightClassLast = 2;
export const nearClass = 3;
export const looseClass = 4;

/**
 * Patients whose names hold every word or a word that begins with it: whole words first. `driver` is the word whose part
 * of the index is walked, best the rarest.
 */
export async function findByWords(
  connection: Connection,
  { tenantId, driver, others, after, limit }: Search & { driver: string; others: readonly string[] },
): Promise<FoundRow[]> {
  const isOne = others.length === 0;
  const [whole, begun] = [startOf(0, after), startOf(isOne ? 1 : 2, after)];
  const values: unknown[] = [
    tenantId,
    driver,
    driver + last,
    limit,
    whole.sortName,
    whole.id,
    begun.key,
    begun.sortName,
    begun.id,
  ];
  if (!isOne) {
    const mixed = startOf(1, after);
    values.push(
      others.map((word) => `% ${word} %`),
      others.map((word) => `% ${word}%`),
      mixed.sortName,
      mixed.id,
    );
  }
  const { rows } = await connection.query<FoundRow>({
    name: isOne ? "patient-search-word" : "patient-search-words",
    text: isOne ? oneWordText : manyWordsText,
    values,
  });
  return rows;
}

/** How many names hold each word or one that begins with it, counted no further than `countMax`. */
export async function countNames(
  connection: Connection,
  { tenantId, terms, countMax }: { tenantId: string; terms: readonly string[]; countMax: number },
): Promise<Map<string, number>> {
  const { rows } = await connection.query<{ term: string; count: number }>({
    name: "patient-search-count",
    text: `SELECT t.term, c.count FROM unnest($2::text[]) t (term) CROSS JOIN LATERAL (
             SELECT count(*)::int AS count FROM (
               SELECT FROM patient_name WHERE tenant_id = $1 AND word >= t.term AND word < t.term || $3 LIMIT $4) n) c`,
    values: [tenantId, terms, last, countMax],
  });
  return new Map(rows.map(({ term, count }) => [term, count]));
}

/** At most so many spellings that begin with a typed word are looked at. */
export const beginningsMax = 30;

/**
 * Words of the tenant's dictionary that share a spelling with a term, and up to `beginningsMax` spellings that begin with each;
 * `begins` is the term such a one begins with.
 */
export async function findSimilarWords(
  connection: Connection,
  { tenantId, keys, terms }: { tenantId: string; keys: readonly string[]; terms: readonly string[] },
): Promise<{ word: string; begins: string | null }[]> {
  const { rows } = await connection.query<{ word: string; begins: string | null }>({
    name: "patient-search-similar",
    text: `SELECT word, NULL AS begins FROM patient_name_variant WHERE tenant_id = $1 AND variant = ANY ($2::text[])
           UNION ALL
           SELECT b.word, t.term FROM unnest($3::text[]) t (term) CROSS JOIN LATERAL (
             SELECT word FROM patient_name_variant WHERE tenant_id = $1 AND variant > t.term AND variant < t.term || $4 ORDER BY variant LIMIT ${beginningsMax}) b`,
    values: [tenantId, keys, terms, last],
  });
  return rows;
}

/** A reading of a misspelt search: one word to walk the index by, and what all its words must match besides, as LIKE patterns. */
export type Reading = { word: string; patterns: readonly string[] };

/**
 * Patients who fit one of the readings, best first, without those that match as typed: `findByWords` has found them. `before` are
 * the better readings that were looked for already: who fits one of those is not found again.
 */
export async function findByReadings(
  connection: Connection,
  search: Search & {
    class: number;
    before: readonly Reading[];
    readings: readonly Reading[];
    asTyped: readonly string[];
  },
): Promise<FoundRow[]> {
  const start = startOf(search.class, search.after);
  const { rows } = await connection.query<FoundRow>({
    name: "patient-search-near",
    text: `
      WITH d AS MATERIALIZED (
        SELECT word, string_to_array(NULLIF(patterns, ''), '|') AS patterns, rank + $10 AS rank
          FROM unnest($2::text[], $9::text[]) WITH ORDINALITY u (word, patterns, rank))
      SELECT $11::int AS class, d.rank::text AS key, ${patientColumns}
        FROM d
       CROSS JOIN LATERAL (
         SELECT n.sort_name, n.patient_id FROM patient_name n
          WHERE n.tenant_id = $1 AND n.word = d.word AND (d.rank > $3 OR (n.sort_name, n.patient_id) > ($4, $5))
            AND (d.patterns IS NULL OR n.words LIKE ALL (d.patterns)) AND NOT n.words LIKE ALL ($6::text[])
            AND ${isVisible("n")}
            AND NOT EXISTS (SELECT FROM unnest($8::text[]) WITH ORDINALITY e (patterns, rank)
                             WHERE e.rank < d.rank AND n.words LIKE ALL (string_to_array(e.patterns, '|')))
          ORDER BY n.sort_name, n.patient_id LIMIT $7) n
        JOIN patient p ON p.tenant_id = $1 AND p.id = n.patient_id AND p.deleted_at IS NULL
       WHERE d.rank >= $3
       ORDER BY d.rank, n.sort_name, n.patient_id LIMIT $7`,
    values: [
      search.tenantId,
      search.readings.map(({ word }) => word),
      Number(start.key) || 0,
      start.sortName,
      start.id,
      search.asTyped,
      search.limit,
      search.before.concat(search.readings).map(({ word, patterns }) => [`% ${word} %`, ...patterns].join("|")),
      search.readings.map(({ patterns }) => patterns.join("|")),
      search.before.length,
      search.class,
    ],
  });
  return rows;
}

/** What the digits of a number could be of a patient; tokens are null where they cannot. */
export type NumberKey = { digits: string; phoneToken: Buffer | null; ssnToken: Buffer | null; date: string | null };

/** Patients who have the number: as MRN, phone, SSN or birth date first, then those whose MRN begins with it. */
export async function findByNumber(
  connection: Connection,
  { tenantId, number, after, limit }: Search & { number: NumberKey },
): Promise<FoundRow[]> {
  const [whole, begun] = [startOf(0, after), startOf(1, after)];
  const { rows } = await connection.query<FoundRow>({
    name: "patient-search-number",
    text: `
      SELECT n.class, p.mrn AS key, ${patientColumns} FROM (
        SELECT 0 AS class, id FROM patient WHERE tenant_id = $1 AND deleted_at IS NULL AND mrn = $2
        UNION SELECT 0, id FROM patient WHERE tenant_id = $1 AND deleted_at IS NULL AND phone_token = $4
        UNION SELECT 0, id FROM patient WHERE tenant_id = $1 AND deleted_at IS NULL AND ssn_token = $5
        UNION SELECT 0, id FROM patient WHERE tenant_id = $1 AND deleted_at IS NULL AND date_of_birth = $6::date
        UNION ALL
        (SELECT 1, id FROM patient
          WHERE tenant_id = $1 AND deleted_at IS NULL AND mrn > $2 AND mrn < $3 AND mrn > $8
            AND (phone_token = $4) IS NOT TRUE AND (ssn_token = $5) IS NOT TRUE AND (date_of_birth = $6::date) IS NOT TRUE
          ORDER BY mrn LIMIT $9)
      ) n JOIN patient p ON p.tenant_id = $1 AND p.id = n.id
      WHERE n.class = 1 OR p.mrn > $7
      ORDER BY n.class, p.mrn LIMIT $9`,
    values: [
      tenantId,
      number.digits,
      `${number.digits}:`,
      number.phoneToken,
      number.ssnToken,
      number.date,
      whole.key,
      begun.key,
      limit,
    ],
  });
  return rows;
}

export type Candidate = { id: string; first_name: string; last_name: string; sort_name: string };

/** Patients all of whose keys hold, by name; with patterns, only those whose names match them all. */
export async function findByKeys(
  connection: Connection,
  search: {
    tenantId: string;
    dates: readonly string[][];
    numbers: readonly NumberKey[];
    patterns: readonly string[];
    limit: number;
  },
): Promise<Candidate[]> {
  const values: unknown[] = [search.tenantId, search.limit];
  const param = (value: unknown) => `$${values.push(value)}`;
  const where = ["p.tenant_id = $1", "p.deleted_at IS NULL"];
  for (const days of search.dates) where.push(`p.date_of_birth = ANY (${param(days)}::date[])`);
  for (const number of search.numbers) {
    const either = [`(p.mrn >= ${param(number.digits)} AND p.mrn < ${param(`${number.digits}:`)})`];
    if (number.phoneToken) either.push(`p.phone_token = ${param(number.phoneToken)}`);
    if (number.ssnToken) either.push(`p.ssn_token = ${param(number.ssnToken)}`);
    if (number.date) either.push(`p.date_of_birth = ${param(number.date)}::date`);
    where.push(`(${either.join(" OR ")})`);
  }
  if (search.patterns.length > 0)
    where.push(
      `EXISTS (SELECT FROM patient_name n WHERE n.tenant_id = $1 AND n.patient_id = p.id AND n.words LIKE ALL (${param(search.patterns)}::text[]))`,
    );
  const { rows } = await connection.query<Candidate>(
    `SELECT p.id, p.first_name, p.last_name, p.sort_name FROM patient p WHERE ${where.join(" AND ")} ORDER BY p.sort_name, p.id LIMIT $2`,
    values,
  );
  return rows;
}

/** The rows of these ids, in their order. */
export async function findPatients(
  connection: Connection,
  { tenantId, ids }: { tenantId: string; ids: readonly string[] },
): Promise<PatientRow[]> {
  const { rows } = await connection.query<PatientRow>({
    name: "patients-by-id",
    text: `SELECT ${patientColumns} FROM patient p WHERE p.tenant_id = $1 AND p.id = ANY ($2::uuid[]) AND p.deleted_at IS NULL
            ORDER BY array_position($2::uuid[], p.id)`,
    values: [tenantId, ids],
  });
  return rows;
}
