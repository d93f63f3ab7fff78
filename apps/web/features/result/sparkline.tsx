import { flagMeaning } from "@infirmary/shared/result";
import { polyline, sparkline } from "#ui/plot-scale.ts";
import type { TrendPoint } from "./previous.ts";
import { rangeBand } from "./range-band.ts";
import classes from "./sparkline.module.css";

const box = { width: 88, height: 20, inset: 3 };
/** More than this many points are a smear at this size. */
const pointsMax = 20;

/** The run of a value in the height of a row, the reference band behind it. Decoration: the numbers stand beside it. */
export function SparkLine({
  points,
  referenceRange,
}: {
  points: readonly TrendPoint[];
  referenceRange: string | null;
}) {
  const drawn = points
    .filter((point): point is TrendPoint & { number: number } => point.number !== null)
    .slice(-pointsMax);
  if (drawn.length < 2) return null;
  const line = sparkline(
    drawn.map(({ number }) => number),
    rangeBand(referenceRange),
    box,
  );
  const [x, y] = line.points.at(-1) ?? [0, 0];
  return (
    <svg width={box.width} height={box.height} className={classes.spark} aria-hidden="true" focusable="false">
      {line.band && <rect x={0} width={box.width} y={line.band.y} height={line.band.height} className={classes.band} />}
      <polyline points={polyline(line.points)} className={classes.line} />
      <circle
        cx={x}
        cy={y}
        r={2.5}
        className={classes.dot}
        data-level={flagMeaning(drawn.at(-1)?.abnormalFlag ?? null)?.level}
      />
    </svg>
  );
}
