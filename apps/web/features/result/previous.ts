import type { Observation, Trend } from "@infirmary/shared/result";

export type TrendPoint = Trend["points"][number];

/** The values before this one, newest first, at most `count`. The value itself is told by its time. */
export function previousOf(
  points: readonly TrendPoint[],
  { observedAt, filedAt }: Pick<Observation, "observedAt" | "filedAt">,
  count: number,
): TrendPoint[] {
  const at = Date.parse(observedAt ?? filedAt);
  return points
    .filter((point) => Date.parse(point.at) < at)
    .slice(-count)
    .reverse();
}
