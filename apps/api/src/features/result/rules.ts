import { foldName } from "@infirmary/shared/core";
import { type Gender, isMrn, normaliseMrn } from "@infirmary/shared/patient";
import { isAbnormal, isCritical, isFinal } from "@infirmary/shared/result";
import type { FiledCounts } from "../order/index.ts";
import type { Content, Incoming } from "./interpret-message.ts";
import { contentOf, matchValues } from "./match-values.ts";

/** The identity a message is compared with. */
export type Identity = { mrn: string; lastName: string; dateOfBirth: string; gender: Gender };

/** Types of PID-3 that can hold our number (HL7 table 0203: medical record, patient internal; or unsaid). */
const recordNumberTypes = new Set(["", "MR", "MRN", "PI", "PN"]);

/** Identifiers of PID-3 that can be one of our record numbers: the kind fits, and who gave it is us, or unsaid, or we named nobody. */
function ourIdentifiers({ identifiers }: Pick<Content, "identifiers">, authorities: readonly string[]) {
  const ours = new Set(authorities.map((name) => name.toUpperCase()));
  return identifiers.filter(
    ({ type, authority }) =>
      recordNumberTypes.has(type.toUpperCase()) &&
      (ours.size === 0 || authority === "" || ours.has(authority.toUpperCase())),
  );
}

/** The record numbers in PID-3: right check digit, not blank, not some other kind of number, not another hospital's. */
export function recordNumbersOf(content: Pick<Content, "identifiers">, authorities: readonly string[]): string[] {
  return ourIdentifiers(content, authorities)
    .filter(({ value }) => isMrn(value))
    .map(({ value }) => normaliseMrn(value));
}

/**
 * Why the message cannot be about this patient; empty where nothing speaks against it. PID-3 must name the patient's number, as given by
 * us; what else PID says (birth date to the precision given, sex, family name compared folded) may not contradict.
 */
export function patientContradictions(
  content: Content,
  patient: Identity,
  authorities: readonly string[],
): { path: string; message: string }[] {
  const reasons: { path: string; message: string }[] = [];
  if (content.patients !== 1)
    reasons.push({
      path: "PID",
      message: content.patients === 0 ? "The message names no patient." : "The message names more than one patient.",
    });
  const known = ourIdentifiers(content, authorities).some(
    ({ value }) => value !== "" && normaliseMrn(value) === patient.mrn,
  );
  if (!known) reasons.push({ path: "PID-3", message: "The patient identifier is not that of the order's patient." });
  const said = content.birthDate.replace(/^(\d{8}).*$/, "$1");
  if (
    said !== "" &&
    said !== '""' &&
    !(/^(\d{4}|\d{6}|\d{8})$/.test(said) && patient.dateOfBirth.replace(/-/g, "").startsWith(said))
  )
    reasons.push({ path: "PID-7", message: "The birth date is not that of the order's patient." });
  if (contradictsSex(content.sex, patient.gender))
    reasons.push({ path: "PID-8", message: "The sex is not that of the order's patient." });
  if (
    content.familyNames.length > 0 &&
    !content.familyNames.some((name) => foldName(name) === foldName(patient.lastName))
  )
    reasons.push({ path: "PID-5", message: "The family name is not that of the order's patient." });
  return reasons;
}

/** HL7 table 0001, or its words, against the record: M and F contradict each other and O and A contradict both; U, N and unknown contradict nothing. */
function contradictsSex(sex: string, gender: Gender): boolean {
  const said = sex.toUpperCase().replace(/^(F)EMALE$|^(M)ALE$|^(O)THER$/, "$1$2$3");
  if (gender === "male") return said === "F" || said === "O" || said === "A";
  if (gender === "female") return said === "M" || said === "O" || said === "A";
  return false;
}

/** Order numbers in the message that are not the order's. */
export function foreignOrderNumbers(content: Content, orderNumber: string): string[] {
  return content.orderNumbers.filter((number) => number !== orderNumber);
}

/** A value as it stands in the record: the latest version of its kind. */
export type Current = Incoming & { id: string; version: number; sender: string; sentText: string };

export type Planned = { incoming: Incoming; effect: "new" | "replaces" | "same"; current: Current | null };
export type Plan = { steps: Planned[]; stale: { path: string; message: string }[] };

/**
 * What filing would do to the record: add a value, replace one by a new version, or repeat it. A final value never gives way to a
 * preliminary one, a corrected one to an uncorrected one, a newer message of a sender to an older one of the same.
 */
export function planFiling(
  incoming: readonly Incoming[],
  current: readonly Current[],
  message: Pick<Content, "sender" | "sentText">,
): Plan {
  const matches = matchValues(incoming, current);
  const stale: Plan["stale"] = [];
  const steps = incoming.map((value): Planned => {
    const present = matches.get(value) ?? null;
    if (present === null) return { incoming: value, effect: "new", current: null };
    if (present === "ambiguous") {
      stale.push({
        path: `OBX[${value.position}]-4`,
        message: `${value.name}: the record holds several such values, and nothing says which of them this is. Send all of them, or tell them apart by sub-id (OBX-4) or time (OBX-14).`,
      });
      return { incoming: value, effect: "new", current: null };
    }
    if (contentOf(value) === contentOf(present)) return { incoming: value, effect: "same", current: present };
    const reason = staleReason(value, present, message);
    if (reason) stale.push({ path: `OBX[${value.position}]-11`, message: reason });
    return { incoming: value, effect: "replaces", current: present };
  });
  return { steps, stale };
}

function staleReason(
  incoming: Incoming,
  present: Current,
  message: Pick<Content, "sender" | "sentText">,
): string | null {
  if (isFinal(present.status) && !isFinal(incoming.status))
    return `${incoming.name}: the record holds a final value, the message a preliminary one.`;
  if (present.status === "C" && !["C", "D", "W"].includes(incoming.status))
    return `${incoming.name}: the record holds a corrected value, the message does not say that it corrects it again (OBX-11 = C).`;
  if (message.sender === present.sender && isEarlier(message.sentText, present.sentText))
    return `${incoming.name}: the record holds a value from a later message of the same sender.`;
  return null;
}

/** Compares MSH-7 of one sender as digits; zones of one sender do not differ in practice, and where they do nothing is concluded. */
function isEarlier(a: string, b: string): boolean {
  const digits = (text: string) => /^(\d{12,14})(?:\.\d+)?([+-]\d{4})?$/.exec(text);
  const [first, second] = [digits(a), digits(b)];
  if (!first?.[1] || !second?.[1] || first[2] !== second[2]) return false;
  const length = Math.min(first[1].length, second[1].length);
  return first[1].slice(0, length) < second[1].slice(0, length);
}

/** Counts over the values an order has after filing; withdrawn and deleted ones and mere order details do not count. */
export function countValues(values: readonly { status: string; abnormalFlag: string | null }[]): FiledCounts {
  const counted = values.filter(({ status }) => !["D", "W", "O", "N"].includes(status));
  return {
    observations: counted.length,
    abnormal: counted.filter(({ abnormalFlag }) => isAbnormal(abnormalFlag)).length,
    critical: counted.filter(({ abnormalFlag }) => isCritical(abnormalFlag)).length,
    pending: counted.filter(({ status }) => !isFinal(status)).length,
  };
}
