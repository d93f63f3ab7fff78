import { cutils } from "@infirmary/native";
import type { Page } from "@infirmary/shared/core";
import type { Patient, PatientSearch } from "@infirmary/shared/patient";
import { z } from "zod";
import type { Work } from "../../core/unit-of-work.ts";
import { numberKeyOf } from "./number-key.ts";
import { toPatients } from "./patient.ts";
import { openPosition, sealPosition } from "./position.ts";
import { searchByKeys } from "./search-by-keys.ts";
import { searchByName } from "./search-by-name.ts";
import { parseSearch, type SearchQuery, shapeOf } from "./search-query.ts";
import { type FoundRow, findByNumber, type Position } from "./search-store.ts";

const positionShape = z
  .tuple([z.int(), z.string(), z.string(), z.uuid()])
  .transform(([matchClass, key, sortName, id]) => ({ class: matchClass, key, sortName, id }));

/**
 * Finds patients by words of a name, MRN, phone, birth date or SSN, in any order and combination, all of which must hold.
 * Whole words come before beginnings, those before what is only similar. The log keeps the kinds of things searched for and
 * whom the answer showed, never the text.
 */
export async function searchPatients(work: Work, { q, limit, cursor }: PatientSearch): Promise<Page<Patient>> {
  const { scope, platform, audit } = work;
  const { tenantId } = scope;
  const place = { tenantId, list: `search|${cutils.sha256Hex(q)}` };
  const after = openPosition(platform.keys, { ...place, cursor, shape: positionShape });
  const query = parseSearch(q);
  const rows = await searchRows(work, query, { after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  audit({
    action: "patient.search",
    entity: "patient",
    after: { searchedFor: shapeOf(query), patientIds: shown.map(({ id }) => id) },
  });
  return {
    items: toPatients(platform.keys, tenantId, shown),
    nextCursor:
      rows.length > limit && last
        ? sealPosition(platform.keys, place, [last.class, last.key, last.sort_name, last.id])
        : null,
  };
}

/** The way that reads the least: a number alone, whatever has a number or a date, names alone. */
export async function searchRows(
  work: Work,
  query: SearchQuery,
  page: { after: Position | null; limit: number },
): Promise<FoundRow[]> {
  const { terms, dates, numbers } = query;
  const [number] = numbers;
  if (number !== undefined && numbers.length === 1 && dates.length === 0 && terms.length === 0) {
    const { tenantId } = work.scope;
    return findByNumber(work.connection, { tenantId, number: numberKeyOf(work, number), ...page });
  }
  if (dates.length > 0 || numbers.length > 0) return searchByKeys(work, query, page);
  return terms.length > 0 ? searchByName(work, terms, page) : [];
}
