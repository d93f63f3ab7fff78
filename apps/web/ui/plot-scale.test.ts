import { describe, expect, it } from "vitest";
import { linearScale, polyline, spanOf, sparkline, ticksOf } from "./plot-scale.ts";

const box = { width: 80, height: 20, inset: 2 };

describe("linearScale", () => {
  it("maps the ends to the ends, and a span of nothing to the middle", () => {
    const scale = linearScale([0, 10], [100, 0]);
    expect([scale(0), scale(5), scale(10)]).toEqual([100, 50, 0]);
    expect(linearScale([4, 4], [0, 20])(4)).toBe(10);
  });
});

describe("spanOf", () => {
  it("shows the band as well as the values", () => {
    const [low, high] = spanOf([6.9], { low: 3.5, high: 5.1 });
    expect(low).toBeLessThan(3.5);
    expect(high).toBeGreaterThan(6.9);
  });
  it("has a height also for one value, for zero and for nothing", () => {
    for (const values of [[5], [0], []]) {
      const [low, high] = spanOf(values, null);
      expect(high).toBeGreaterThan(low);
    }
  });
});

describe("ticksOf", () => {
  it("writes round numbers without the dust of binary fractions", () => {
    expect(ticksOf([0.05, 0.75], 4)).toEqual([0.2, 0.4, 0.6]);
    expect(ticksOf([3.2, 7.1], 4)).toEqual([4, 5, 6, 7]);
    expect(ticksOf([95, 310], 4)).toEqual([100, 200, 300]);
  });
});

describe("sparkline", () => {
  it("runs from edge to edge, higher values higher up", () => {
    const { points } = sparkline([1, 2, 3], null, box);
    expect(points.map(([x]) => x)).toEqual([2, 40, 78]);
    const [first, , last] = points;
    expect(last?.[1]).toBeLessThan(first?.[1] ?? 0);
  });
  it("keeps every point and a closed band inside the box", () => {
    const { points, band } = sparkline([6.9, 3.1], { low: 3.5, high: 5.1 }, box);
    for (const [, y] of points) expect(y >= box.inset && y <= box.height - box.inset).toBe(true);
    expect(band && band.y > 0 && band.y + band.height < box.height).toBe(true);
  });
  it("runs an open band to the edge", () => {
    const { band } = sparkline([70, 80], { low: 60, high: null }, box);
    expect(band?.y).toBe(0);
  });
});

it("writes points as SVG reads them", () => {
  expect(
    polyline([
      [1, 2.25],
      [3.333, 4],
    ]),
  ).toBe("1.0,2.3 3.3,4.0");
});
