import { binding, checkString } from "./hl7-binding.ts";

const precisions = ["year", "month", "day", "hour", "minute", "second", "fraction"] as const;

/** How much of a time stamp was said. */
export type Hl7Precision = (typeof precisions)[number];

/** A time stamp as far as it was said; nothing is filled in. */
export type Hl7Timestamp = {
  /**
   * ISO 8601 with the same parts: `2026`, `2026-04`, `2026-04-19`, `2026-04-19T10:15`, `2026-04-19T10:15:00.5+01:00`.
   * Null for a time given to the hour only, which ISO's usual readers do not take.
   */
  iso: string | null;
  precision: Hl7Precision;
  /** False: the time is local to the sender. */
  hasZone: boolean;
};

/** Reads `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ]`, checked against the calendar. Null for everything else. */
export function parseTimestamp(text: string): Hl7Timestamp | null {
  checkString(text, "text");
  const packed = binding.time(text);
  const precision = precisions[(packed & 15) - 1];
  if (!precision) return null;
  const hasZone = (packed & 16) !== 0;
  return { iso: precision === "hour" ? null : toIso(text, precision, hasZone), precision, hasZone };
}

function toIso(text: string, precision: Hl7Precision, hasZone: boolean): string {
  const body = hasZone ? text.slice(0, -5) : text;
  const zone = hasZone ? `${text.slice(-5, -2)}:${text.slice(-2)}` : "";
  let iso = body.slice(0, 4);
  if (body.length >= 6) iso += `-${body.slice(4, 6)}`;
  if (body.length >= 8) iso += `-${body.slice(6, 8)}`;
  if (body.length >= 12) iso += `T${body.slice(8, 10)}:${body.slice(10, 12)}`;
  if (body.length >= 14) iso += `:${body.slice(12, 14)}`;
  if (precision === "fraction") iso += body.slice(14);
  return body.length >= 12 ? iso + zone : iso;
}
