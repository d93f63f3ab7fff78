"use client";
import { formatDateTime } from "@infirmary/shared/core";
import { useMe } from "#lib/session/me.tsx";
import { linearScale, polyline } from "#ui/plot-scale.ts";
import { runsOf } from "./runs-of.ts";
import classes from "./system.module.css";

const box = { width: 260, height: 88, left: 4, right: 4, top: 8, bottom: 6 };

type Props = {
  title: string;
  unit: string;
  points: readonly { at: string; value: number }[];
  /** Points farther apart than this are not joined: nothing was told in between. */
  gapMs: number;
};

/** One measure over time from nothing upwards, with its newest and its highest value in numbers. */
export function LoadPlot({ title, unit, points, gapMs }: Props) {
  const { timeZone } = useMe();
  const latest = points.at(-1);
  const [first] = points;
  if (!latest || !first) return null;
  const most = Math.max(...points.map(({ value }) => value));
  const x = linearScale([Date.parse(first.at), Date.parse(latest.at)], [box.left, box.width - box.right]);
  const y = linearScale([0, most || 1], [box.height - box.bottom, box.top]);
  const clock = (at: string) => formatDateTime(at, timeZone);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span>
          {title} {unit && <span className={classes.unit}>{unit}</span>}
        </span>
        <span className={classes.latest}>{short(latest.value)}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        className={classes.plot}
        role="img"
        aria-label={`${title} from ${clock(first.at)} to ${clock(latest.at)}: now ${short(latest.value)}, at most ${short(most)} ${unit}`}
      >
        <line
          x1={box.left}
          x2={box.width - box.right}
          y1={box.height - box.bottom}
          y2={box.height - box.bottom}
          className={classes.axis}
        />
        {runsOf(points, gapMs).map((run) => {
          const [only] = run;
          if (run.length === 1 && only)
            return (
              <circle key={only.at} cx={x(Date.parse(only.at))} cy={y(only.value)} r={1.5} className={classes.dot} />
            );
          return (
            <polyline
              key={run[0]?.at}
              points={polyline(run.map(({ at, value }) => [x(Date.parse(at)), y(value)]))}
              className={classes.line}
            />
          );
        })}
      </svg>
      <p className={classes.span}>
        <span>{clock(first.at).slice(-5)}</span>
        <span>at most {short(most)}</span>
        <span>{clock(latest.at).slice(-5)}</span>
      </p>
    </figure>
  );
}

/** Three figures at most, so that numbers can be compared at a glance. */
const short = (value: number) => Number(value.toPrecision(3)).toLocaleString("en-US");
