"use client";
import type { ReactNode } from "react";
import { TimeZone } from "./date-time.tsx";

/** Shows every time below in `timeZone`. */
export function TimeZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <TimeZone value={timeZone}>{children}</TimeZone>;
}
