"use client";
import { ageInYears, formatDateTime } from "@infirmary/shared/core";
import { flagOf, limits, type Range, referenceRange, type Vitals } from "@infirmary/shared/vitals";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { linearScale, polyline, spanOf } from "#ui/plot-scale.ts";
import classes from "./vitals.module.css";

const box = { width: 240, height: 96, left: 8, right: 8, top: 10, bottom: 10 };
const fields = ["bloodPressureSystolic", "pulse", "respiratoryRate", "spo2", "temperature"] as const;

/** How each measure went, the usual range of the age shaded; the table beside them holds the same numbers. */
export function VitalsPlots({ items, dateOfBirth }: { items: readonly Vitals[]; dateOfBirth: string }) {
  const { timeZone } = useMe();
  const series = items.toReversed();
  const latest = series.at(-1);
  if (!latest || series.length < 2) return null;
  const age = ageInYears(dateOfBirth, todayIn(timeZone, new Date(latest.takenAt)));
  return (
    <div className={classes.plots}>
      {fields.map((field) => (
        <Plot
          key={field}
          title={limits[field].name}
          unit={limits[field].unit}
          band={referenceRange(field, age, latest.spo2Scale)}
          points={series.map((vitals) => ({ at: vitals.takenAt, value: vitals[field] }))}
        />
      ))}
      <Plot
        title={latest.news2 ? "NEWS2" : "PEWS"}
        unit=""
        band={{ low: 0, high: 4 }}
        points={series.flatMap(({ takenAt, news2, pews }) => {
          const score = latest.news2 ? news2 : pews;
          return score ? [{ at: takenAt, value: score.score, isHigh: score.risk === "high" }] : [];
        })}
      />
    </div>
  );
}

type Point = { at: string; value: number; isHigh?: boolean };

function Plot({ title, unit, band, points }: { title: string; unit: string; band: Range; points: readonly Point[] }) {
  const { timeZone } = useMe();
  const latest = points.at(-1);
  if (!latest) return null;
  const span = spanOf(
    points.map(({ value }) => value),
    band,
  );
  const y = linearScale(span, [box.height - box.bottom, box.top]);
  const times = points.map(({ at }) => Date.parse(at));
  const x = linearScale([times[0] ?? 0, times.at(-1) ?? 0], [box.left + 4, box.width - box.right - 4]);
  const placed = points.map((point, index) => ({ ...point, x: x(times[index] ?? 0), y: y(point.value) }));
  const from = formatDateTime(points[0]?.at ?? latest.at, timeZone);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span>
          {title} <span className={classes.unit}>{unit}</span>
        </span>
        <span className={classes.latest}>{unit === "°C" ? latest.value.toFixed(1) : latest.value}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        className={classes.plot}
        role="img"
        aria-label={`${title}: ${points.length} values since ${from}, latest ${latest.value} ${unit}`}
      >
        <rect x={0} width={box.width} y={y(band.high)} height={y(band.low) - y(band.high)} className={classes.band} />
        <polyline points={polyline(placed.map((point) => [point.x, point.y]))} className={classes.line} />
        {placed.map((point) => (
          <circle
            key={point.at}
            cx={point.x}
            cy={point.y}
            r={3}
            className={classes.dot}
            data-level={point.isHigh ? "critical" : flagOf(point.value, band) ? "abnormal" : undefined}
          />
        ))}
      </svg>
    </figure>
  );
}
