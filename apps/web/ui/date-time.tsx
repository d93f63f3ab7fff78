"use client";
import { formatDateTime } from "@infirmary/shared/core";
import { createContext, useContext } from "react";

/** The IANA zone in which times are shown. */
export const TimeZone = createContext("UTC");

/** The time of an instant of today, as `10:42`. */
export function TimeOfDay({ at }: { at: string }) {
  const timeZone = useContext(TimeZone);
  return (
    <time dateTime={at} title={`Time zone ${timeZone}`}>
      {formatDateTime(at, timeZone).slice(-5)}
    </time>
  );
}

/** An instant as `14-Mar-2026 09:05` in the zone of the place, which a pause of the pointer names. */
export function DateTime({ at }: { at: string }) {
  const timeZone = useContext(TimeZone);
  return (
    <time dateTime={at} title={`Time zone ${timeZone}`}>
      {formatDateTime(at, timeZone)}
    </time>
  );
}
