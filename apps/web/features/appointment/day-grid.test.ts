import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  clockAt,
  hoursOf,
  instantIn,
  lengthOf,
  minuteOf,
  oneAtATime,
  placeOf,
  spanOf,
  weekStart,
  weeksOf,
} from "./day-grid.ts";

const zone = "America/New_York";

describe("a day of the calendar", () => {
  it("is from midnight to midnight at the place, an hour shorter or longer when the clock changes", () => {
    const days = ["2026-11-22", "2026-03-08", "2026-11-01"].map((date) => spanOf(date, zone));
    expect(days[0]).toEqual({ from: "2026-11-22T05:00:00.000Z", to: "2026-11-23T05:00:00.000Z" });
    expect(days.map(lengthOf)).toEqual([1440, 1380, 1500]);
    expect(lengthOf(spanOf("2026-11-01", zone, 7))).toBe(7 * 1440 + 60);
  });

  it("places what is on it by the time that has passed, so that an hour that comes twice stands there twice", () => {
    const autumn = spanOf("2026-11-01", zone);
    const first = { start: "2026-11-01T05:30:00Z", end: "2026-11-01T05:45:00Z" };
    const second = { start: "2026-11-01T06:30:00Z", end: "2026-11-01T06:45:00Z" };
    expect([first, second].map(({ start }) => clockAt(start, zone))).toEqual(["01:30", "01:30"]);
    expect([first, second].map((span) => placeOf(span, autumn).from)).toEqual([90, 150]);
    const hours = [0, 60, 120, 180].map((minutes) => clockAt(instantIn(autumn, minutes), zone));
    expect(hours).toEqual(["00:00", "01:00", "01:00", "02:00"]);
    const spring = spanOf("2026-03-08", zone);
    expect([60, 120].map((minutes) => clockAt(instantIn(spring, minutes), zone))).toEqual(["01:00", "03:00"]);
  });

  it("ends what lasts into the next day, and leaves the shortest a step", () => {
    const night = { start: "2026-11-23T04:30:00Z", end: "2026-11-23T06:00:00Z" };
    expect(placeOf(night, spanOf("2026-11-22", zone))).toEqual({ from: 1410, to: 1440 });
    expect(placeOf(night, spanOf("2026-11-23", zone))).toEqual({ from: 0, to: 60 });
  });

  it("shows all that is on it in whole hours", () => {
    expect(hoursOf([])).toEqual({ from: 480, to: 1020 });
    expect(
      hoursOf([
        { from: 430, to: 445 },
        { from: 1430, to: 1440 },
      ]),
    ).toEqual({ from: 420, to: 1440 });
  });
});

it("knows weeks and months", () => {
  expect([weekStart("2026-11-22"), weekStart("2026-11-23")]).toEqual(["2026-11-16", "2026-11-23"]);
  expect([addDays("2026-02-28", 1), addDays("2026-03-01", -1)]).toEqual(["2026-03-01", "2026-02-28"]);
  expect([addMonths("2026-01-31", 1), addMonths("2026-03-31", -1), addMonths("2026-12-15", 1)]).toEqual([
    "2026-02-28",
    "2026-02-28",
    "2027-01-15",
  ]);
  const weeks = weeksOf("2026-11-22");
  expect([weeks.length, weeks[0]?.[0], weeks.at(-1)?.[6]]).toEqual([6, "2026-10-26", "2026-12-06"]);
});

it("reads a time of day and nothing else", () => {
  expect(["00:00", "09:05", "23:59", "24:00", "9:05", ""].map(minuteOf)).toEqual([0, 545, 1439, null, null, null]);
});

it("offers one free time at a time", () => {
  const slot = (start: string, end: string) => ({
    start: `2026-11-22T${start}:00.000Z`,
    end: `2026-11-22T${end}:00.000Z`,
    facilityId: "here",
    providerId: "p",
    roomId: null,
    visitType: "Follow-up",
  });
  const slots = [slot("09:00", "09:30"), slot("09:15", "09:30"), slot("09:30", "10:00")];
  expect(oneAtATime(slots)).toEqual([slots[0], slots[2]]);
});
