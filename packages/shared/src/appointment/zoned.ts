import { wallMs } from "../core/wall-time.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * The instant at which the clock at a place shows a minute of a day; the first where it shows it twice (the clock goes back), null
 * where it never does (the clock goes forward over it).
 * @param date `YYYY-MM-DD` @param minute from midnight, 0 to 1440 @param timeZone IANA name
 */
export function instantAt(date: string, minute: number, timeZone: string): Date | null {
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * minuteMs;
  // No zone changes its offset twice within a day: what held a day before and a day after are all it can be.
  const offsets = [wall - dayMs, wall + dayMs].map((ms) => wallMs(ms, timeZone) - ms);
  const found = offsets.map((offset) => wall - offset).filter((ms) => wallMs(ms, timeZone) === wall);
  return found.length === 0 ? null : new Date(Math.min(...found));
}

/** The calendar day at a place, `YYYY-MM-DD`. */
export const dayAt = (at: Date, timeZone: string) =>
  new Date(wallMs(at.getTime(), timeZone)).toISOString().slice(0, 10);

/** The day after, `YYYY-MM-DD`. */
export const dayAfter = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
