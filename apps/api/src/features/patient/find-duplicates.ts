import { foldName } from "@infirmary/shared/core";
import type { DuplicateInput, PatientDuplicate } from "@infirmary/shared/patient";
import { acrossFacilities } from "../../core/access/across-facilities.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { type DuplicateCandidate, findDuplicateCandidates } from "./duplicate-store.ts";
import { fitOf, fits, nameWordsOf } from "./name-words.ts";
import { phoneToken, ssnToken } from "./sealed-fields.ts";

const shownMax = 10;
type Match = PatientDuplicate["matches"][number];
/** Strongest first. */
const strengths: readonly Match[] = ["ssn", "name-and-birth-date", "phone-and-name", "similar-name-and-birth-date"];

/** Registered people a new patient might be, most likely first. Advice only: nothing is refused here. */
export async function findDuplicates(work: Work, input: DuplicateInput): Promise<{ items: PatientDuplicate[] }> {
  const { connection, scope, platform, audit } = work;
  const { tenantId } = scope;
  const keys = {
    tenantId,
    ssnToken: /^\d{9}$/.test(input.ssn?.replace(/[\s-]/g, "") ?? "")
      ? ssnToken(platform.keys, tenantId, input.ssn ?? "")
      : null,
    phoneToken: input.phone ? phoneToken(platform.keys, tenantId, input.phone) : null,
    dateOfBirth: input.dateOfBirth ?? null,
  };
  // Whoever is registered at another facility must not be registered again here.
  const candidates = await acrossFacilities(work, () => findDuplicateCandidates(connection, keys));
  const items = candidates
    .map((candidate) => toDuplicate(candidate, matchesOf(candidate, input)))
    .filter(({ matches }) => matches.length > 0)
    .sort((a, b) => strengthOf(a) - strengthOf(b) || a.mrn.localeCompare(b.mrn))
    .slice(0, shownMax);
  if (items.length > 0)
    audit({ action: "patient.duplicates", entity: "patient", after: { patientIds: items.map(({ id }) => id) } });
  return { items };
}

function matchesOf(candidate: DuplicateCandidate, input: DuplicateInput): Match[] {
  const matches: Match[] = [];
  const isSame = isSameName(candidate, input);
  const isSimilar = isSame || isSimilarName(candidate, input);
  if (candidate.has_ssn) matches.push("ssn");
  if (candidate.has_date && isSame) matches.push("name-and-birth-date");
  if (candidate.has_date && !isSame && isSimilar) matches.push("similar-name-and-birth-date");
  if (candidate.has_phone && isSimilar) matches.push("phone-and-name");
  return matches;
}

/** The same names, folded; first and last may have been mixed up. */
function isSameName(candidate: DuplicateCandidate, { firstName, lastName }: DuplicateInput): boolean {
  const [first, last] = [foldName(firstName), foldName(lastName)];
  const [knownFirst, knownLast] = [foldName(candidate.first_name), foldName(candidate.last_name)];
  return (
    first + last !== "" &&
    ((first === knownFirst && last === knownLast) || (first === knownLast && last === knownFirst))
  );
}

/** Every word of the shorter name has one in the longer that is a slip, a beginning or a sound away. */
function isSimilarName(candidate: DuplicateCandidate, input: DuplicateInput): boolean {
  const known = nameWordsOf({ firstName: candidate.first_name, lastName: candidate.last_name });
  const typed = nameWordsOf(input);
  const [few, many] = typed.length <= known.length ? [typed, known] : [known, typed];
  const isNear = (a: string, b: string) =>
    [fitOf(a, b), fitOf(b, a)].some((fit) => fit !== null && fit !== fits.prefixOneEdit);
  return (
    few.length > 0 && foldName(input.firstName) !== "" && few.every((word) => many.some((other) => isNear(word, other)))
  );
}

function toDuplicate(candidate: DuplicateCandidate, matches: Match[]): PatientDuplicate {
  const { id, mrn, first_name, last_name, date_of_birth, gender } = candidate;
  return { id, mrn, firstName: first_name, lastName: last_name, dateOfBirth: date_of_birth, gender, matches };
}

const strengthOf = ({ matches }: PatientDuplicate) => Math.min(...matches.map((match) => strengths.indexOf(match)));
