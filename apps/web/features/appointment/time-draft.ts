import { type Appointment, instantAt, type Slot } from "@infirmary/shared/appointment";
import { clockAt, minuteOf } from "./day-grid.ts";

/** With whom, where and when, as it stands in a form; texts as typed. `start` is the instant of a free time that was chosen. */
export type TimeDraft = {
  providerId: string;
  roomId: string;
  date: string;
  time: string;
  minutes: string;
  start: string | null;
};

type Place = { start: string; end: string; roomId: string | null };
const minutesOf = ({ start, end }: Place) => String((Date.parse(end) - Date.parse(start)) / 60_000);

/** A draft with nothing chosen but the day. */
export const emptyDraft = (date: string): TimeDraft => ({
  providerId: "",
  roomId: "",
  date,
  time: "",
  minutes: "15",
  start: null,
});

/** What a free time puts into the form. */
export const timeOf = (slot: Place, timeZone: string) => ({
  time: clockAt(slot.start, timeZone),
  minutes: minutesOf(slot),
  roomId: slot.roomId ?? "",
  start: slot.start,
});

/** The draft that a time of the calendar starts from. */
export const draftAt = (slot: Slot | Appointment, date: string, timeZone: string): TimeDraft => ({
  providerId: slot.providerId,
  date,
  ...timeOf(slot, timeZone),
});

/** What is missing of the time, by field. */
export function timeFaults({ providerId, date, time }: TimeDraft, timeZone: string): Record<string, string> {
  const minute = minuteOf(time);
  return {
    ...(providerId === "" ? { providerId: "Choose a doctor." } : {}),
    ...(date === "" ? { date: "Choose a day." } : {}),
    ...(minute === null
      ? { time: "Say when." }
      : date !== "" && !instantAt(date, minute, timeZone)
        ? { time: "The clock skips this time on this day." }
        : {}),
  };
}

/** The instant a draft means: of a time that the clock shows twice, the one that was chosen, else the first. Null while there is none. */
export function startOf({ date, time, start }: TimeDraft, timeZone: string): Date | null {
  const minute = minuteOf(time);
  const typed = minute === null || date === "" ? null : instantAt(date, minute, timeZone);
  const isChosen =
    typed && start && clockAt(start, timeZone) === time && Math.abs(Date.parse(start) - +typed) <= 7_200_000;
  return isChosen ? new Date(start) : typed;
}

/** What the API takes; only for a draft without faults. */
export function timeInput(draft: TimeDraft, timeZone: string) {
  const start = startOf(draft, timeZone) ?? new Date(Number.NaN);
  const end = new Date(start.getTime() + Number(draft.minutes) * 60_000);
  const { providerId, roomId } = draft;
  return { providerId, roomId: roomId || null, start: start.toISOString(), end: end.toISOString() };
}
