import { hl7 } from "@infirmary/native";
import { wallMs } from "@infirmary/shared/core";

/**
 * The instant an HL7 time names, to the minute or finer; a time without a zone is local to `timeZone` (IANA). Null where only a day
 * or less was said, or nothing valid: precision is never invented.
 */
export function instantOf(text: string, timeZone: string): Date | null {
  const key = `${timeZone}|${text}`;
  const known = instants.get(key);
  if (known !== undefined) return known;
  if (instants.size >= instantsMax) instants.clear();
  const instant = workOut(text, timeZone);
  instants.set(key, instant);
  return instant;
}

/** The values of a message nearly always share one time, and finding a zone's offset takes as long as reading the message. */
const instants = new Map<string, Date | null>();
const instantsMax = 2_000;

function workOut(text: string, timeZone: string): Date | null {
  const time = hl7.parseTimestamp(text);
  if (!time?.iso || !["minute", "second", "fraction"].includes(time.precision)) return null;
  if (time.hasZone) return new Date(time.iso);
  const asUtc = new Date(`${time.iso}Z`);
  // The offset at the instant itself, found in two steps because it can differ from the first guess near a clock change.
  const guess = new Date(asUtc.getTime() - offsetMs(asUtc, timeZone));
  return new Date(asUtc.getTime() - offsetMs(guess, timeZone));
}

const offsetMs = (at: Date, timeZone: string): number =>
  wallMs(at.getTime(), timeZone) - Math.floor(at.getTime() / 1000) * 1000;
