import { z } from "zod";

export const appointmentStatuses = z.enum(["BOOKED", "CHECKED_IN", "NO_SHOW", "CANCELLED"]);
export type AppointmentStatus = z.infer<typeof appointmentStatuses>;
export const appointmentStatusNames: Record<AppointmentStatus, string> = {
  BOOKED: "Booked",
  CHECKED_IN: "Checked in",
  NO_SHOW: "Did not come",
  CANCELLED: "Cancelled",
};

/** Which step leads where; somebody who was said not to have come may still come. */
export const appointmentMoves = {
  BOOKED: ["CHECKED_IN", "NO_SHOW", "CANCELLED"],
  NO_SHOW: ["CHECKED_IN"],
  CHECKED_IN: [],
  CANCELLED: [],
} as const satisfies Record<AppointmentStatus, readonly AppointmentStatus[]>;

export const canMove = (from: AppointmentStatus, to: AppointmentStatus) =>
  (appointmentMoves[from] as readonly AppointmentStatus[]).includes(to);
