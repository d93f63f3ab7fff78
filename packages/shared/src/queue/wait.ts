import type { QueuePriority } from "./queue.ts";

/** From how many minutes on a wait is long, and from how many too long, by priority. */
const thresholds: Record<QueuePriority, { long: number; tooLong: number }> = {
  EMERGENCY: { long: 1, tooLong: 5 },
  URGENT: { long: 10, tooLong: 20 },
  ROUTINE: { long: 30, tooLong: 60 },
};

export type Wait = { minutes: number; level: "fine" | "long" | "too-long" };

/** How long somebody has been waiting, in whole minutes and never below zero, and whether that is long for the priority. */
export function waitOf(
  { waitingSince, priority }: { waitingSince: string; priority: QueuePriority },
  nowMs: number,
): Wait {
  const minutes = Math.max(0, Math.floor((nowMs - Date.parse(waitingSince)) / 60_000));
  const { long, tooLong } = thresholds[priority];
  return { minutes, level: minutes >= tooLong ? "too-long" : minutes >= long ? "long" : "fine" };
}

/** The level in words, so that it is never colour alone; empty where the wait is fine. */
export const waitLevelNames: Record<Wait["level"], string> = { fine: "", long: "Long", "too-long": "Too long" };
