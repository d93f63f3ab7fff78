import { Hl7Error } from "./hl7-error.ts";

/** `OBX[3]-5[2].1.1` taken apart. 0 means "not given". */
export type Hl7Path = {
  /** The segment's three letters packed as in hl7val.h. */
  readonly name: number;
  readonly occurrence: number;
  readonly field: number;
  readonly repetition: number;
  readonly component: number;
  readonly subcomponent: number;
  /** Nothing within the field is named. */
  readonly isWhole: boolean;
  /** The first component of the first repetition, subcomponents included. */
  readonly isFirst: boolean;
};

const shape =
  /^([A-Z][A-Z0-9]{2})(?:\[([0-9]{1,6})\])?(?:[-.]([0-9]{1,6})(?:\[([0-9]{1,6})\])?(?:\.([0-9]{1,6})(?:\.([0-9]{1,6}))?)?)?$/;

const known = new Map<string, Hl7Path>();
const knownMax = 2048;

/** Packs a segment name the way the index holds it. */
export function packName(name: string): number {
  return (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2);
}

/** The opposite of {@link packName}. */
export function unpackName(name: number): string {
  return String.fromCharCode(name >> 16, (name >> 8) & 255, name & 255);
}

/** Reads a path; remembers the last ones, because programs ask for the same few again and again. */
export function parsePath(text: string): Hl7Path {
  const seen = known.get(text);
  if (seen) return seen;
  const match = typeof text === "string" ? shape.exec(text) : null;
  const numbers = match?.slice(2).map((part) => (part === undefined ? 0 : Number(part)));
  const name = match?.[1];
  if (!name || !numbers || match.slice(2).some((part) => part !== undefined && Number(part) === 0)) {
    throw new Hl7Error(
      "path-invalid",
      "Not a path: write it like PID-3, OBX[2]-5 or OBX[2]-5[1].1.2, counting from 1.",
      {
        path: String(text).slice(0, 40),
      },
    );
  }
  const [occurrence = 0, field = 0, repetition = 0, component = 0, subcomponent = 0] = numbers;
  const isWhole = repetition === 0 && component === 0;
  const isFirst = repetition <= 1 && component === 1 && subcomponent === 0;
  const path = { name: packName(name), occurrence, field, repetition, component, subcomponent, isWhole, isFirst };
  if (known.size >= knownMax) known.clear();
  known.set(text, path);
  return path;
}
