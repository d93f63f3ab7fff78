import type { Availability } from "@infirmary/shared/appointment";
import fc from "fast-check";
import { expect, it } from "vitest";
import { slotsOf } from "./slots.ts";

const hours: Availability = {
  id: "a",
  facilityId: "f",
  timeZone: "America/New_York",
  providerId: "p",
  roomId: null,
  visitType: "Follow-up",
  weekday: 7,
  startMinute: 60,
  endMinute: 240,
  slotMinutes: 30,
  validFrom: "2026-01-01",
  validUntil: null,
};
const day = (date: string) => ({ start: new Date(`${date}T00:00:00Z`), end: new Date(`${date}T23:59:00Z`) });
const startsOf = (
  date: string,
  taken: { start: Date; end: Date; roomId?: string }[] = [],
  room: string | null = null,
) =>
  slotsOf(
    [{ ...hours, roomId: room }],
    taken.map((busy) => ({ roomId: null, ...busy })),
    day(date),
  ).map(({ start }) => start.slice(11, 16));

it("keeps to the facility's clock: the hour that spring skips has no slots, the one that autumn repeats has them once", () => {
  expect(startsOf("2026-03-01")).toEqual(["06:00", "06:30", "07:00", "07:30", "08:00", "08:30"]);
  expect(startsOf("2026-03-08")).toEqual(["06:00", "06:30", "07:00", "07:30"]);
  expect(startsOf("2026-11-01")).toEqual(["05:00", "05:30", "07:00", "07:30", "08:00", "08:30"]);
});

it("leaves out what is taken, also in part, and what lies outside the span or the validity", () => {
  const busy = [{ start: new Date("2026-03-01T06:45:00Z"), end: new Date("2026-03-01T07:10:00Z") }];
  expect(startsOf("2026-03-01", busy)).toEqual(["06:00", "07:30", "08:00", "08:30"]);
  expect(slotsOf([{ ...hours, validUntil: "2026-02-28" }], [], day("2026-03-01"))).toEqual([]);
  expect(
    slotsOf([hours], [], { start: new Date("2026-03-01T06:10:00Z"), end: new Date("2026-03-01T07:05:00Z") }),
  ).toHaveLength(1);
});

it("leaves out a room that somebody else has, and no other room", () => {
  const busy = [
    { start: new Date("2026-03-01T06:00:00Z"), end: new Date("2026-03-01T08:00:00Z"), roomId: "room" },
    { start: new Date("2026-03-01T08:00:00Z"), end: new Date("2026-03-01T08:30:00Z"), roomId: "another" },
  ];
  expect(startsOf("2026-03-01", busy, "room")).toEqual(["08:00", "08:30"]);
  expect(startsOf("2026-03-01", busy)).toHaveLength(6);
});

it("never overlaps itself or what is taken, in any zone, over any change of the clock", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"),
      fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 1200 }),
      fc.integer({ min: 5, max: 60 }),
      (timeZone, from, weekday, startMinute, slotMinutes) => {
        const rule = { ...hours, timeZone, weekday, startMinute, endMinute: startMinute + 240, slotMinutes };
        const span = { start: from, end: new Date(from.getTime() + 14 * 86_400_000) };
        const busy = {
          roomId: null,
          start: new Date(from.getTime() + 3 * 86_400_000),
          end: new Date(from.getTime() + 9 * 86_400_000),
        };
        const slots = slotsOf([rule], [busy], span).map(
          ({ start, end }) => [Date.parse(start), Date.parse(end)] as const,
        );
        for (const [index, [start, end]] of slots.entries()) {
          expect(end - start).toBe(slotMinutes * 60_000);
          expect(end <= busy.start.getTime() || start >= busy.end.getTime()).toBe(true);
          const next = slots[index + 1];
          if (next) expect(next[0]).toBeGreaterThanOrEqual(end);
        }
      },
    ),
    { numRuns: 100 },
  );
});
