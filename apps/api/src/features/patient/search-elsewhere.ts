import type { PatientElsewhere } from "@infirmary/shared/patient";
import { acrossFacilities } from "../../core/access/across-facilities.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { searchRows } from "./search-patients.ts";
import { parseSearch, shapeOf } from "./search-query.ts";
import { findPatients } from "./search-store.ts";

const shownMax = 5;
/** Shorter than any MRN: would find everybody whose number begins with it. */
const numberLengthMin = 7;

/**
 * Patients of other facilities who have the number, or the name together with the birth date, that was searched for: just enough of them
 * to know that it is the right person before breaking the glass. A name alone finds nobody, so that nobody can browse.
 */
export async function searchElsewhere(work: Work, { q }: { q: string }): Promise<{ items: PatientElsewhere[] }> {
  const { connection, scope, audit } = work;
  const query = parseSearch(q);
  const { terms, dates, numbers } = query;
  const isExact = numbers.some((number) => number.length >= numberLengthMin) || (dates.length > 0 && terms.length > 0);
  if (!isExact) return { items: [] };
  const found = await acrossFacilities(work, () => searchRows(work, query, { after: null, limit: 25 }));
  const visible = await findPatients(connection, { tenantId: scope.tenantId, ids: found.map(({ id }) => id) });
  const known = new Set(visible.map(({ id }) => id));
  const items = found
    .filter(({ id }) => !known.has(id))
    .slice(0, shownMax)
    .map(({ id, mrn, first_name, last_name, date_of_birth, gender }) => ({
      id,
      mrn,
      firstName: first_name,
      lastName: last_name,
      dateOfBirth: date_of_birth,
      gender,
    }));
  if (items.length > 0)
    audit({
      action: "patient.search-elsewhere",
      entity: "patient",
      after: { searchedFor: shapeOf(query), patientIds: items.map(({ id }) => id) },
    });
  return { items };
}
