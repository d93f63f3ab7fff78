import fc from "fast-check";
import { expect, it } from "vitest";
import { queuePriorities } from "./queue.ts";
import { waitOf } from "./wait.ts";

const since = "2026-11-23T08:00:00.000Z";
const after = (minutes: number) => Date.parse(since) + minutes * 60_000;

it("says when a wait is long and when it is too long, sooner the more urgent it is", () => {
  const levels = (priority: "ROUTINE" | "URGENT" | "EMERGENCY", ...minutes: number[]) =>
    minutes.map((passed) => waitOf({ waitingSince: since, priority }, after(passed)).level);
  expect(levels("ROUTINE", 29, 30, 59, 60)).toEqual(["fine", "long", "long", "too-long"]);
  expect(levels("URGENT", 9, 10, 20)).toEqual(["fine", "long", "too-long"]);
  expect(levels("EMERGENCY", 0, 1, 5)).toEqual(["fine", "long", "too-long"]);
});

it("never goes back as time passes, and is never below zero", () => {
  const order = ["fine", "long", "too-long"];
  fc.assert(
    fc.property(
      fc.constantFrom(...queuePriorities.options),
      fc.integer({ min: -99, max: 600 }),
      (priority, minutes) => {
        const [now, next] = [minutes, minutes + 1].map((passed) =>
          waitOf({ waitingSince: since, priority }, after(passed)),
        );
        expect(order.indexOf(next?.level ?? "")).toBeGreaterThanOrEqual(order.indexOf(now?.level ?? ""));
        expect(now?.minutes).toBe(Math.max(0, minutes));
      },
    ),
  );
});
