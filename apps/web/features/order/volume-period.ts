/** A stretch of calendar days, both included, as `YYYY-MM-DD`. */
export type Period = { from: string; to: string };
export type PeriodName = "this-month" | "last-month" | "last-7-days";

export const periodNames: Record<PeriodName, string> = {
  "this-month": "This month",
  "last-month": "Last month",
  "last-7-days": "Last 7 days",
};

/** The days a name stands for, seen from `today` (a calendar date at the facility). */
export function periodOf(name: PeriodName, today: string): Period {
  const [year = 0, month = 0, day = 0] = today.split("-").map(Number);
  if (name === "this-month") return { from: isoDay(year, month - 1, 1), to: today };
  if (name === "last-month") return { from: isoDay(year, month - 2, 1), to: isoDay(year, month - 1, 0) };
  return { from: isoDay(year, month - 1, day - 6), to: today };
}

/** Day 0 is the last of the month before; months count from 0 and may run over either end of the year. */
const isoDay = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
