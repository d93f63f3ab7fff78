/** The values a band spans; null is an open end. */
export type Band = { low: number | null; high: number | null };

/** A straight map from values to places on the screen. */
export type Scale = (value: number) => number;

/** Maps `from..to` to `start..end`; a span of nothing lands in the middle. */
export function linearScale([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  if (to === from) return () => (start + end) / 2;
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/** The span a plot shows: every value and the closed ends of the band, with a little room above and below. */
export function spanOf(values: readonly number[], band: Band | null): readonly [number, number] {
  const all = [...values];
  if (band?.low !== null && band?.low !== undefined) all.push(band.low);
  if (band?.high !== null && band?.high !== undefined) all.push(band.high);
  if (all.length === 0) return [0, 1];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}

/** Round numbers inside a span to write at an axis, `count` or a few more. */
export function ticksOf([from, to]: readonly [number, number], count: number): number[] {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let index = Math.ceil(from / step); index * step <= to; index++) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** The points of a polyline for `points` attributes. */
export const polyline = (points: readonly (readonly [x: number, y: number])[]) =>
  points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

export type Sparkline = { points: [x: number, y: number][]; band: { y: number; height: number } | null };

/** Places values of equal distance in a box of `width` by `height`, and the part of it the reference band covers. */
export function sparkline(
  values: readonly number[],
  band: Band | null,
  { width, height, inset }: { width: number; height: number; inset: number },
): Sparkline {
  const y = linearScale(spanOf(values, band), [height - inset, inset]);
  const x = linearScale([0, values.length - 1], [inset, width - inset]);
  const top = band ? (band.high === null ? 0 : y(band.high)) : 0;
  const bottom = band ? (band.low === null ? height : y(band.low)) : 0;
  return {
    points: values.map((value, index) => [x(index), y(value)]),
    band: band ? { y: top, height: bottom - top } : null,
  };
}
