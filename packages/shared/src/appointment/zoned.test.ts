import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayAfter, dayAt, instantAt, weekdayOf } from "./zoned.ts";

const zones = [
  "UTC",
  "America/New_York",
  "America/Chicago",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "America/St_Johns",
];
const clock = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(at);

describe("a minute of a day at a place", () => {
  it("is an instant at which that clock shows it, on any day in any zone, or never", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date("2020-01-02"), max: new Date("2035-12-30"), noInvalidDate: true }),
        fc.integer({ min: 0, max: 1439 }),
        (timeZone, day, minute) => {
          const date = day.toISOString().slice(0, 10);
          const at = instantAt(date, minute, timeZone);
          const shown = `${date} ${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
          if (at) expect(clock(at, timeZone)).toBe(shown);
          else {
            // Then the clock was put forward over it: it shows an earlier time just before and a later one just after.
            const near = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
            for (let ms = near - 15 * 3_600_000; ms < near + 15 * 3_600_000; ms += 15 * 60_000)
              expect(clock(new Date(ms), timeZone)).not.toBe(shown);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("does not exist in the hour that spring skips, and is the first of two in autumn", () => {
    expect(instantAt("2026-03-08", 150, "America/New_York")).toBeNull();
    expect(instantAt("2026-03-08", 180, "America/New_York")?.toISOString()).toBe("2026-03-08T07:00:00.000Z");
    expect(instantAt("2026-11-01", 90, "America/New_York")?.toISOString()).toBe("2026-11-01T05:30:00.000Z");
    expect(instantAt("2026-10-25", 150, "Europe/Berlin")?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  it("keeps nine o'clock at nine o'clock over the change", () => {
    const nine = (date: string) => instantAt(date, 540, "America/New_York")?.toISOString().slice(11, 16);
    expect([nine("2026-10-31"), nine("2026-11-01"), nine("2026-11-02")]).toEqual(["13:00", "14:00", "14:00"]);
  });
});

it("knows days and weekdays at the place", () => {
  expect(dayAt(new Date("2026-11-22T03:00:00Z"), "America/New_York")).toBe("2026-11-21");
  expect([dayAfter("2026-02-28"), dayAfter("2028-02-28"), dayAfter("2026-12-31")]).toEqual([
    "2026-03-01",
    "2028-02-29",
    "2027-01-01",
  ]);
  expect([weekdayOf("2026-11-22"), weekdayOf("2026-11-23")]).toEqual([7, 1]);
});
