import { expect, it } from "vitest";
import { Backoff } from "./backoff.ts";

it("waits longer after every failure, never so long that a process is not back within five seconds", () => {
  const backoff = new Backoff();
  expect(Array.from({ length: 7 }, () => backoff.next(100))).toEqual([200, 400, 800, 1600, 3200, 4000, 4000]);
});

it("forgets the failures of a process that ran for half a minute", () => {
  const backoff = new Backoff();
  backoff.next(100);
  backoff.next(100);
  expect(backoff.next(30_000)).toBe(200);
});
