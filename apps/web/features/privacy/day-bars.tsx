"use client";
import { formatDate } from "@infirmary/shared/core";
import classes from "./privacy.module.css";

type Props = {
  title: string;
  /** Counts by day, oldest first. */
  days: readonly { day: string; count: number }[];
  /** One of what is counted, and many: `look`, `looks`. */
  words: readonly [one: string, many: string];
  isChosen: boolean;
  onChoose: () => void;
};

const box = { width: 220, height: 44 };

/** A number with a bar for each of its days; choosing it shows what stands behind it. */
export function DayBars({ title, days, words, isChosen, onChoose }: Props) {
  const total = days.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...days.map(({ count }) => count));
  const peak = days.find(({ count }) => count === most);
  const step = box.width / Math.max(1, days.length);
  const describes =
    total === 0 || !peak
      ? "none in this period"
      : `most on ${formatDate(peak.day)}: ${most} ${most === 1 ? words[0] : words[1]}`;
  return (
    <button type="button" className={classes.tile} aria-pressed={isChosen} onClick={onChoose}>
      <span className={classes.tileTitle}>{title}</span>
      <span className={classes.tileCount}>{total.toLocaleString("en-US")}</span>
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        className={classes.bars}
        aria-hidden="true"
        preserveAspectRatio="none"
      >
        <line x1={0} x2={box.width} y1={box.height - 0.5} y2={box.height - 0.5} className={classes.axis} />
        {days.map(({ day, count }, index) => {
          const height = count === 0 ? 0 : Math.max(2, (count / most) * (box.height - 4));
          return (
            <rect
              key={day}
              x={index * step + step * 0.1}
              width={step * 0.8}
              y={box.height - height}
              height={height}
              className={classes.bar}
            />
          );
        })}
      </svg>
      <span className={classes.tileHint}>{describes}</span>
    </button>
  );
}
