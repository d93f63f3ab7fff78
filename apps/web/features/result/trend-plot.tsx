"use client";
import { formatDate, formatDateTime } from "@infirmary/shared/core";
import { flagMeaning, type Trend } from "@infirmary/shared/result";
import { useMe } from "#lib/session/me.tsx";
import { linearScale, polyline, spanOf, ticksOf } from "#ui/plot-scale.ts";
import { rangeBand } from "./range-band.ts";
import classes from "./trend.module.css";

const box = { width: 740, height: 240, left: 56, right: 24, top: 12, bottom: 28 };

/** Numbers over time. The band is the range of the latest value; what is no number, or in another unit, is in the table only. */
export function TrendPlot({ trend }: { trend: Trend }) {
  const { timeZone } = useMe();
  const points = trend.points.flatMap((point) => (point.number === null ? [] : [{ ...point, number: point.number }]));
  const latest = points.at(-1);
  if (!latest) return <p className={classes.hint}>There is no number to draw; the values stand below.</p>;
  const band = rangeBand(latest.referenceRange);
  const span = spanOf(
    points.map(({ number }) => number),
    band,
  );
  const y = linearScale(span, [box.height - box.bottom, box.top]);
  const times = points.map(({ at }) => Date.parse(at));
  const [from = 0, to = 0] = [times[0], times.at(-1)];
  const x = linearScale([from, to], [box.left + 8, box.width - box.right - 8]);
  const placed = points.map((point) => ({ ...point, x: x(Date.parse(point.at)), y: y(point.number) }));
  const dayOf = (time: number) => formatDateTime(new Date(time), timeZone).slice(0, 11);
  const bottom = box.height - box.bottom;
  const bandTop = band ? (band.high === null ? box.top : y(band.high)) : 0;
  const bandBottom = band ? (band.low === null ? bottom : y(band.low)) : 0;
  const words = `${trend.name}: ${points.length} values from ${formatDate(points[0]?.at ?? "")} to ${formatDate(latest.at)}; the table below lists them.`;
  return (
    <figure className={classes.figure}>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} className={classes.plot} role="img" aria-label={words}>
        {band && (
          <rect
            x={box.left}
            width={box.width - box.left - box.right}
            y={bandTop}
            height={bandBottom - bandTop}
            className={classes.band}
          />
        )}
        {ticksOf(span, 4).map((tick) => (
          <g key={tick}>
            <line x1={box.left} x2={box.width - box.right} y1={y(tick)} y2={y(tick)} className={classes.grid} />
            <text x={box.left - 8} y={y(tick) + 4} textAnchor="end" className={classes.tick}>
              {tick}
            </text>
          </g>
        ))}
        <polyline points={polyline(placed.map((point) => [point.x, point.y]))} className={classes.line} />
        {placed.map((point) => {
          const meaning = flagMeaning(point.abnormalFlag);
          const isMarked = meaning !== null && meaning.level !== "normal";
          return (
            <g key={point.at + point.orderId}>
              <circle
                cx={point.x}
                cy={point.y}
                r={isMarked ? 4.5 : 3.5}
                className={classes.dot}
                data-level={meaning?.level}
              />
              {isMarked && (
                <text
                  x={point.x}
                  y={point.y < box.top + 24 ? point.y + 18 : point.y - 9}
                  textAnchor="middle"
                  className={classes.mark}
                  data-level={meaning.level}
                >
                  {meaning.flag}
                </text>
              )}
            </g>
          );
        })}
        <text
          x={placed[0]?.x}
          y={box.height - 8}
          className={classes.tick}
          textAnchor={from === to ? "middle" : "start"}
        >
          {dayOf(from)}
        </text>
        {from !== to && (
          <text x={box.width - box.right - 8} y={box.height - 8} textAnchor="end" className={classes.tick}>
            {dayOf(to)}
          </text>
        )}
      </svg>
      <figcaption className={classes.hint}>
        {band
          ? `Shaded: reference range of the latest value, ${latest.referenceRange} ${trend.unit ?? ""}`
          : "The latest value came without a plain reference range; no band is drawn."}
      </figcaption>
    </figure>
  );
}
