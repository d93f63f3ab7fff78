import type { Appointment } from "@infirmary/shared/appointment";
import { type Place, stepMinutes } from "./day-grid.ts";

/** Where an appointment would go: a column, and minutes into the day. */
export type Aim = { appointment: Appointment; columnId: string; at: Place };

const snap = (minutes: number) => Math.round(minutes / stepMinutes) * stepMinutes;

/** The aim moved by minutes, kept whole within the hours shown. */
export function aimBy(aim: Aim, minutes: number, hours: Place): Aim {
  const length = aim.at.to - aim.at.from;
  const from = Math.min(Math.max(snap(aim.at.from + minutes), hours.from), hours.to - length);
  return { ...aim, at: { from, to: from + length } };
}

/** The aim in the column beside, where there is one. */
export function aimBeside(aim: Aim, columnIds: readonly string[], by: -1 | 1): Aim {
  const next = columnIds[columnIds.indexOf(aim.columnId) + by];
  return next === undefined ? aim : { ...aim, columnId: next };
}
