"use client";
import type { Observation, Trend } from "@infirmary/shared/result";
import { ShortDate } from "#ui/short-date.tsx";
import { decimalParts } from "./decimal.ts";
import { FlagText } from "./flag-text.tsx";
import { previousOf } from "./previous.ts";
import classes from "./result-table.module.css";

/** How many of the values before are shown. */
const shown = 3;

/** The values before this one, newest first, each with its day; the unit only where it was another one. */
export function PreviousValues({ trend, value }: { trend: Trend; value: Observation }) {
  const previous = previousOf(trend.points, value, shown);
  if (previous.length === 0) return <span className={classes.dim}>First value</span>;
  return (
    <span className={classes.previous}>
      {previous.map((point) => (
        <span key={point.at + point.orderId} className={classes.before}>
          <span className={classes.beforeValue}>
            {shownText(point.value)}
            {point.unit !== value.unit && ` ${point.unit ?? "(no unit)"}`} <FlagText flag={point.abnormalFlag} />
          </span>{" "}
          <span className={classes.beforeDay}>
            <ShortDate at={point.at} />
          </span>
        </span>
      ))}
    </span>
  );
}

/** Long texts are cut: the whole stands in the trend. */
function shownText(text: string): string {
  const parts = decimalParts(text);
  if (parts) return parts.head + parts.tail;
  return text.length > 24 ? `${text.slice(0, 23)}…` : text || "No value";
}
