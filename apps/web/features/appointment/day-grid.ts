import { type Appointment, instantAt, type Slot } from "@infirmary/shared/appointment";
import { formatDateTime } from "@infirmary/shared/core";

/** Minutes of one row of the day, and of one step of a move. */
export const rowMinutes = 15;
export const stepMinutes = 5;
const minuteMs = 60_000;

export type Span = { start: string; end: string };
/** A stretch of a day, in minutes that have passed since its midnight: on a day when the clock changes not what the clock says. */
export type Place = { from: number; to: number };

/** The wall time of an instant at a place, `09:05`. */
export const clockAt = (at: string, timeZone: string) => formatDateTime(at, timeZone).slice(-5);

/** `09:05` as minutes from midnight; null for what is no time. */
export function minuteOf(clock: string): number | null {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? [];
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute);
}

/** Days of the calendar as a span of instants, as the API asks for it; a midnight that the clock skips is the first hour after it. */
export function spanOf(date: string, timeZone: string, days = 1): { from: string; to: string } {
  const start = (day: string) =>
    (instantAt(day, 0, timeZone) ?? instantAt(day, 60, timeZone) ?? new Date(`${day}T00:00:00Z`)).toISOString();
  return { from: start(date), to: start(addDays(date, days)) };
}

/** So many days later, or earlier for a negative number; `YYYY-MM-DD`. */
export const addDays = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The Monday of the week, and the first of the month. */
export const weekStart = (date: string) => addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
export const monthStart = (date: string) => `${date.slice(0, 7)}-01`;

/** The same day of another month, or its last. */
export function addMonths(date: string, months: number): string {
  const first = new Date(`${monthStart(date)}T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months + 1, 0);
  const day = Math.min(Number(date.slice(8)), first.getUTCDate());
  return `${first.toISOString().slice(0, 8)}${String(day).padStart(2, "0")}`;
}

/** The weeks that a month touches, each of seven days from Monday on. */
export function weeksOf(date: string): string[][] {
  const first = weekStart(monthStart(date));
  const next = monthStart(addMonths(date, 1));
  const weeks: string[][] = [];
  for (let monday = first; monday < next; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, day) => addDays(monday, day)));
  return weeks;
}

/** Where a span stands on a day that begins at `dayStart`; what lasts into another day ends with the day. */
export function placeOf({ start, end }: Span, day: { from: string; to: string }): Place {
  const length = lengthOf(day);
  const passed = (at: string) => Math.min(Math.max((Date.parse(at) - Date.parse(day.from)) / minuteMs, 0), length);
  return { from: passed(start), to: Math.max(passed(end), passed(start) + stepMinutes) };
}

/** Minutes of a day: 1440, an hour less or more where the clock changes. */
export const lengthOf = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / minuteMs;

/** The instant so many minutes into a day. */
export const instantIn = (day: { from: string }, minutes: number) =>
  new Date(Date.parse(day.from) + minutes * minuteMs).toISOString();

/** The hours to show: all that is on the day, and at least eight to five, in whole hours. */
export function hoursOf(places: readonly Place[], dayLength = 1440): Place {
  const from = Math.min(8 * 60, ...places.map((place) => place.from));
  const to = Math.max(17 * 60, ...places.map((place) => place.to));
  return { from: Math.floor(from / 60) * 60, to: Math.min(Math.ceil(to / 60) * 60, dayLength) };
}

/** Whether the appointment takes its provider's time: one that was called off or missed leaves it free. */
export const takesTime = ({ status }: Pick<Appointment, "status">) => status === "BOOKED" || status === "CHECKED_IN";

/** One free time at a time, where hours of several visit types overlap. */
export function oneAtATime(slots: readonly Slot[]): Slot[] {
  let free = 0;
  return slots.filter((slot) => {
    if (Date.parse(slot.start) < free) return false;
    free = Date.parse(slot.end);
    return true;
  });
}
