import fc from "fast-check";
import { pino } from "pino";
import { expect, it } from "vitest";
import { CallLimits, waitOf } from "./call-limits.ts";

const log = pino({ level: "silent" });
const away = { query: () => Promise.reject(new Error("away")) } as never;
const budget = { subject: "user x", max: 10, windowSeconds: 60 };

function at(startSeconds: number) {
  const clock = { seconds: startSeconds };
  return { clock, limits: new CallLimits({ pool: away, log, now: () => clock.seconds * 1000 }) };
}

it("takes as many as the budget has, then says how long to wait, once as the first", () => {
  const { clock, limits } = at(6000);
  for (let call = 0; call < 10; call++) expect(limits.take([budget])).toBeNull();
  expect(limits.take([budget])).toEqual({ subject: "user x", retryAfterSeconds: 60, isFirst: true });
  clock.seconds += 20;
  expect(limits.take([budget])).toEqual({ subject: "user x", retryAfterSeconds: 40, isFirst: false });
});

it("takes from no budget where one of several is used up", () => {
  const { limits } = at(6000);
  const wide = { ...budget, subject: "tenant x", max: 12 };
  for (let call = 0; call < 30; call++) limits.take([budget, wide]);
  expect(limits.take([wide])).toBeNull();
  expect(limits.take([wide])).toBeNull();
  expect(limits.take([wide])).toMatchObject({ subject: "tenant x" });
});

it("counts the last window by what is left of it, and goes on where the database is away", async () => {
  const { clock, limits } = at(6000);
  for (let call = 0; call < 10; call++) limits.take([budget]);
  await limits.flush();
  clock.seconds = 6060;
  expect(limits.take([budget])).toMatchObject({ retryAfterSeconds: 6 });
  clock.seconds = 6090;
  for (let call = 0; call < 5; call++) expect(limits.take([budget])).toBeNull();
  expect(limits.take([budget])).not.toBeNull();
  clock.seconds = 6300;
  for (let call = 0; call < 10; call++) expect(limits.take([budget])).toBeNull();
});

it("after the wait it tells there is room, whatever was counted", () => {
  fc.assert(
    fc.property(
      fc.nat(400),
      fc.nat(300),
      fc.integer({ min: 1, max: 300 }),
      fc.nat(59),
      (before, shared, max, elapsed) => {
        const counter = { start: 6000, before, shared, unsent: 0 };
        const asked = { max, windowSeconds: 60 };
        const wait = waitOf(counter, asked, 6000 + elapsed);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(60);
        if (wait > 0 && shared < max && elapsed + wait < 60)
          expect(waitOf(counter, asked, 6000 + elapsed + wait)).toBe(0);
      },
    ),
  );
});
