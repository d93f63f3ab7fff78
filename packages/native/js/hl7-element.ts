import type { Hl7Path } from "./hl7-path.ts";

/** The character codes of a message's delimiters. */
export type DelimiterCodes = { readonly component: number; readonly repetition: number; readonly subcomponent: number };

/** Where the core found delimiters inside fields: a bit for each character of the message, from a word of the index on. */
export type Cuts = { readonly index: Uint32Array; readonly at: number };

/** The first position in [at, end) of text that holds either code; end when there is none. */
export function findEither(
  text: string,
  { index, at: cutsAt }: Cuts,
  one: number,
  other: number,
  at: number,
  end: number,
): number {
  let word = at >>> 5;
  let bits = (index[cutsAt + word] as number) & (-1 << at);
  for (;;) {
    while (bits === 0) {
      word++;
      if (word << 5 >= end) return end;
      bits = (index[cutsAt + word] as number) | 0;
    }
    const found = (word << 5) + 31 - Math.clz32(bits & -bits);
    if (found >= end) return end;
    const code = text.charCodeAt(found);
    if (code === one || code === other) return found;
    bits &= bits - 1;
  }
}

/**
 * The part of the field text[from, end) that the steps name; undefined when it does not reach that far. It is cut out by
 * one `substring`, because the parts on the way would each cost more than finding it.
 */
export function cutElement(
  text: string,
  cuts: Cuts,
  from: number,
  end: number,
  steps: Hl7Path,
  codes: DelimiterCodes,
): string | undefined {
  const { component, repetition, subcomponent } = codes;
  let at = from;
  for (let n = steps.repetition; n > 1; n--) {
    at = findEither(text, cuts, repetition, repetition, at, end);
    if (at++ === end) return undefined;
  }
  if (steps.component === 0) return text.substring(at, findEither(text, cuts, repetition, repetition, at, end));
  for (let n = steps.component; n > 1; n--) {
    at = findEither(text, cuts, component, repetition, at, end);
    if (at === end || text.charCodeAt(at) === repetition) return undefined;
    at++;
  }
  const to = findEither(text, cuts, component, repetition, at, end);
  if (steps.subcomponent === 0) return text.substring(at, to);
  for (let n = steps.subcomponent; n > 1; n--) {
    at = findEither(text, cuts, subcomponent, subcomponent, at, to);
    if (at++ === to) return undefined;
  }
  return text.substring(at, findEither(text, cuts, subcomponent, subcomponent, at, to));
}

/** Part n (1-based) of text, undefined when there are fewer. */
export function nthPart(text: string, delimiter: string, n: number): string | undefined {
  let from = 0;
  for (let i = 1; i < n; i++) {
    const cut = text.indexOf(delimiter, from);
    if (cut < 0) return undefined;
    from = cut + 1;
  }
  const cut = text.indexOf(delimiter, from);
  if (cut < 0) return from === 0 ? text : text.substring(from);
  return text.substring(from, cut);
}
