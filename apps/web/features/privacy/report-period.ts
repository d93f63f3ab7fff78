import type { ReportPeriod } from "@infirmary/shared/privacy";

export const periodDays = {
  "7": "Last 7 days",
  "30": "Last 30 days",
  "90": "Last 90 days",
  "365": "Last year",
} as const;
export type PeriodName = keyof typeof periodDays;

/** The days up to and with today, a calendar date at the facility. */
export function lastDays(days: number, today: string): ReportPeriod {
  const first = new Date(Date.parse(`${today}T00:00:00Z`) - (days - 1) * 86_400_000);
  return { from: first.toISOString().slice(0, 10), to: today };
}

/** The log, filtered to what stands behind a row or a bar. */
export function auditPath(filter: Record<string, string | null>): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== null),
  );
  return `/audit?${query}`;
}
