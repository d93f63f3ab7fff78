/** From how many minutes on a wait is said in amber. */
export const longWaitMinutes = 30;

/** How long somebody has been waiting, in whole minutes; never below zero. */
export const waitedMinutes = (since: string, nowMs: number) =>
  Math.max(0, Math.floor((nowMs - Date.parse(since)) / 60_000));

/** `7 min`, `1 h 05 min`. */
export function waitText(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
