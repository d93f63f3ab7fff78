"use client";
import { formatDateTime } from "@infirmary/shared/core";
import { useContext } from "react";
import { TimeZone } from "./date-time.tsx";

/** The day of an instant where room is short: `14-Mar` in this year, `14-Mar-2025` before; the pointer gets it whole. */
export function ShortDate({ at }: { at: string }) {
  const timeZone = useContext(TimeZone);
  const whole = formatDateTime(at, timeZone);
  const [day = whole] = whole.split(" ");
  const thisYear = formatDateTime(new Date(), timeZone).slice(7, 11);
  return (
    <time dateTime={at} title={`${whole}, time zone ${timeZone}`} style={{ whiteSpace: "nowrap" }}>
      {day.slice(7) === thisYear ? day.slice(0, 6) : day}
    </time>
  );
}
