import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { networkOf } from "./subject.ts";
import { doublingWait, lockingFailures, waitSeconds } from "./throttle.ts";

const now = 1_800_000_000_000;
const failed = (count: number, agoMs = 0) => Array.from({ length: count }, (_, index) => now - agoMs - index * 1000);

describe("the wait after failures", () => {
  it("doubles from the fifth on and ends at a quarter of an hour", () => {
    expect([4, 5, 6, 7, 8, 9, 10, 99].map((count) => doublingWait(failed(count), now))).toEqual([
      0, 60, 120, 240, 480, 900, 900, 900,
    ]);
    expect(doublingWait(failed(lockingFailures), now)).toBe(900);
    expect(doublingWait(failed(lockingFailures - 1), now)).toBeLessThan(900);
  });

  it("is never longer than that, and over when it has passed", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(2_000_000), (count, agoMs) => {
        const wait = doublingWait(failed(count, agoMs), now);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(900);
        if (agoMs >= 900_000) expect(wait).toBe(0);
      }),
    );
  });

  it("in a window lasts until the failure that filled it leaves it", () => {
    expect(waitSeconds(failed(4), { windowSeconds: 60, failuresMax: 5 }, now)).toBe(0);
    expect(waitSeconds(failed(5), { windowSeconds: 60, failuresMax: 5 }, now)).toBe(56);
  });
});

it("an address counts by its network: IPv6 by /64 however it is written, mapped IPv4 as IPv4", () => {
  const same = ["2001:db8::1", "2001:0db8:0:0:ffff::2", "2001:DB8:0:0:1:2:3:4", "2001:db8::1%eth0"];
  expect(new Set(same.map(networkOf))).toEqual(new Set(["2001:db8:0:0"]));
  expect(networkOf("2001:db8:0:1::1")).not.toBe(networkOf("2001:db8::1"));
  expect([networkOf("::ffff:203.0.113.9"), networkOf("203.0.113.9"), networkOf("::1")]).toEqual([
    "203.0.113.9",
    "203.0.113.9",
    "0:0:0:0",
  ]);
});
