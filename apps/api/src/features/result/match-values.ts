import { isFinal } from "@infirmary/shared/result";
import type { Incoming } from "./interpret-message.ts";
import type { Current } from "./rules.ts";

/** The value of the record that an OBX is about: none (it is new), one, or more than one that nothing tells apart. */
export type Match = Current | "ambiguous" | null;

/** What makes two OBX the same observation of an order: code, sub-id and the panel it was reported in. */
export const keyOf = ({ code, subId, panelCode }: Pick<Incoming, "code" | "subId" | "panelCode">) =>
  JSON.stringify([code, subId, panelCode]);

/**
 * Finds for each OBX the value it repeats or replaces. Several can share a key: lines of a report under one code, one test at several
 * times. Those are told apart by what they say, then by their time; a message that holds at least as many as the record goes line by line.
 * What is left is ambiguous, because a guess could put a correction on the wrong value.
 */
export function matchValues(incoming: readonly Incoming[], current: readonly Current[]): Map<Incoming, Match> {
  const matches = new Map<Incoming, Match>();
  const record = groupsOf(current, keyOf);
  for (const [key, values] of groupsOf(incoming, keyOf)) matchGroup(values, record.get(key) ?? [], matches);
  return matches;
}

function matchGroup(values: Incoming[], present: Current[], matches: Map<Incoming, Match>): void {
  let open = values;
  let free = present;
  const take = (pairs: [Incoming, Current][]) => {
    for (const [value, one] of pairs) matches.set(value, one);
    const taken = new Set(pairs.map(([, one]) => one));
    open = open.filter((value) => !matches.has(value));
    free = free.filter((one) => !taken.has(one));
  };
  take(pairsOf(open, free, contentOf, false));
  take(pairsOf(open, free, ({ observedText }) => observedText ?? "", true));
  for (const value of open) if (isOfAnotherTime(value, free)) matches.set(value, null);
  take([]);
  const isWhole = values.length >= present.length;
  for (const [index, value] of open.entries()) {
    const one = free[index] ?? null;
    matches.set(value, free.length > 0 && !isWhole && !(open.length === 1 && free.length === 1) ? "ambiguous" : one);
  }
}

/** A final value that corrects nothing, taken at another time than every final one there is: another specimen, as in a series of troponins. */
function isOfAnotherTime({ status, observedText }: Incoming, free: readonly Current[]): boolean {
  return (
    ["F", "U"].includes(status) &&
    observedText !== null &&
    free.every((one) => isFinal(one.status) && one.observedText !== null && one.observedText !== observedText)
  );
}

/** Pairs of equal `of`; where `isUnique`, only those that stand alone on both sides. */
function pairsOf(
  values: readonly Incoming[],
  present: readonly Current[],
  of: (value: Incoming) => string,
  isUnique: boolean,
): [Incoming, Current][] {
  const record = groupsOf(present, of);
  return [...groupsOf(values, of)].flatMap(([key, same]): [Incoming, Current][] => {
    const others = record.get(key) ?? [];
    if (isUnique && (same.length !== 1 || others.length !== 1)) return [];
    return same.flatMap((value, index): [Incoming, Current][] => {
      const one = others[index];
      return one ? [[value, one]] : [];
    });
  });
}

/** All that a value says: two of the same content are the same statement. */
export const contentOf = (value: Incoming): string =>
  JSON.stringify([
    value.value,
    value.valueType,
    value.unit,
    value.referenceRange,
    value.abnormalFlag,
    value.status,
    value.observedText,
    value.notes,
  ]);

function groupsOf<T>(values: readonly T[], of: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = of(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
