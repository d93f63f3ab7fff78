"use client";
import { flagMeaning, type Observation, type Trend } from "@infirmary/shared/result";
import { DateTime } from "#ui/date-time.tsx";
import { EarlierVersions } from "./earlier-versions.tsx";
import { PreviousValues } from "./previous-values.tsx";
import classes from "./result-table.module.css";
import { ResultValue } from "./result-value.tsx";
import { SparkLine } from "./sparkline.tsx";
import { StatusWords } from "./status-words.tsx";
import { isTakenBack } from "./taken-back.ts";

type Props = {
  value: Observation;
  /** Its name as short as the panel allows. */
  name: string;
  /** The panel's values were observed at different times: each says its own. */
  hasOwnTime: boolean;
  trend: Trend | undefined;
  orderId: string;
  widths: { head: number; tail: number; unit: number };
  onTrend: (value: Observation) => void;
};

/** One value; below it its notes and, where it was corrected, what it said before. */
export function ResultRow({ value, trend, name, hasOwnTime, orderId, widths, onTrend }: Props) {
  const level = isTakenBack(value) ? undefined : flagMeaning(value.abnormalFlag)?.level;
  return (
    <tr data-level={level}>
      <th scope="row" className={classes.name}>
        <button
          type="button"
          data-row-main
          className={classes.open}
          title={`${value.name}: show the trend`}
          aria-label={`${name}, show the trend`}
          onClick={() => onTrend(value)}
        >
          {name}
        </button>{" "}
        <StatusWords status={value.status} />
        {hasOwnTime && (
          <div className={classes.dim}>{value.observedAt ? <DateTime at={value.observedAt} /> : "Time not known"}</div>
        )}
      </th>
      <td className={classes.value}>
        <ResultValue result={value} widths={widths} isStruck={isTakenBack(value)} />
        {value.version > 1 && <EarlierVersions value={value} orderId={orderId} />}
        {value.notes.length > 0 && <p className={classes.note}>{value.notes.join("\n")}</p>}
      </td>
      <td className={classes.range}>{value.referenceRange ?? <span className={classes.dim}>None given</span>}</td>
      <td>{trend ? <PreviousValues trend={trend} value={value} /> : <span className={classes.dim}>…</span>}</td>
      <td data-yields="second">{trend && <SparkLine points={trend.points} referenceRange={value.referenceRange} />}</td>
    </tr>
  );
}
