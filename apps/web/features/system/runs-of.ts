/** Points in the order of their time, cut wherever two lie farther apart than `gapMs`. */
export function runsOf<Point extends { at: string }>(points: readonly Point[], gapMs: number): Point[][] {
  const runs: Point[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    const at = Date.parse(point.at);
    if (at - before > gapMs) runs.push([]);
    runs.at(-1)?.push(point);
    before = at;
  }
  return runs;
}
