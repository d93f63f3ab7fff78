import { type Availability, dayAfter, dayAt, instantAt, type Slot, weekdayOf } from "@infirmary/shared/appointment";
import type { Taken } from "./availability-store.ts";

type Span = { start: Date; end: Date };

/**
 * The free times of a provider's weekly hours that lie wholly within a span: by the facility's own clock, so that summer time moves
 * nothing, and without those that are taken. A time the clock skips over does not exist; pure.
 */
export function slotsOf(hours: readonly Availability[], taken: readonly Taken[], span: Span): Slot[] {
  return hours
    .flatMap((rule) => timesOf(rule, span))
    .filter((slot) => !taken.some((busy) => isIn(busy, slot) && overlaps(busy, slot)))
    .sort((a, b) => a.start.localeCompare(b.start) || a.visitType.localeCompare(b.visitType));
}

/** Whether the time is taken from this slot at all: the provider's from all of them, a room's from those in it. */
const isIn = ({ roomId }: Taken, slot: Slot) => roomId === null || roomId === slot.roomId;
const overlaps = (busy: Taken, { start, end }: Slot) => busy.start < new Date(end) && new Date(start) < busy.end;

function timesOf(rule: Availability, span: Span): Slot[] {
  const slots: Slot[] = [];
  const last = dayAt(span.end, rule.timeZone);
  for (let day = dayAt(span.start, rule.timeZone); day <= last; day = dayAfter(day)) {
    if (weekdayOf(day) !== rule.weekday || day < rule.validFrom || (rule.validUntil && day > rule.validUntil)) continue;
    for (let minute = rule.startMinute; minute + rule.slotMinutes <= rule.endMinute; minute += rule.slotMinutes) {
      const start = instantAt(day, minute, rule.timeZone);
      if (!start) continue;
      const end = new Date(start.getTime() + rule.slotMinutes * 60_000);
      if (start < span.start || end > span.end) continue;
      const { providerId, roomId, facilityId, visitType } = rule;
      slots.push({ start: start.toISOString(), end: end.toISOString(), providerId, roomId, facilityId, visitType });
    }
  }
  return slots;
}
