import {
  type Appointment,
  type AppointmentStatus,
  appointmentStatusNames,
  canMove,
} from "@infirmary/shared/appointment";
import { AppError } from "../../core/app-error.ts";
import { sqlState } from "../../core/database-error.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { createEncounter, holdEncounter, moveEncounter } from "../encounter/index.ts";
import { loadAppointment } from "./appointment.ts";
import { holdAppointment, noteChange } from "./hold.ts";
import { planReminder } from "./reminder-store.ts";
import { type AppointmentChange, changeAppointment } from "./store.ts";
import { undoOf } from "./undo.ts";

type Step = { id: string; version?: number | undefined };

/** The patient has come: makes the visit, arrived and waiting, in the same transaction. */
export async function checkIn(work: Work, input: Step & { reason?: string | undefined }): Promise<Appointment> {
  const before = await holdAppointment(work, input);
  requireMove(before, "CHECKED_IN");
  const planned = await createEncounter(work, {
    patientId: before.patientId,
    reason: input.reason ?? before.visitType,
    scheduledAt: before.start,
    facilityId: before.facilityId,
    providerId: before.providerId,
  });
  await moveEncounter(work, await holdEncounter(work, { id: planned.id }), "ARRIVED");
  return move(work, before, "CHECKED_IN", { encounter_id: planned.id });
}

/** The patient did not come; the time is free again. */
export async function noShow(work: Work, input: Step): Promise<Appointment> {
  const before = await holdAppointment(work, input);
  requireMove(before, "NO_SHOW");
  if (Date.parse(before.start) > work.now.getTime())
    throw new AppError("wrong-transition", { detail: "The appointment has not begun yet." });
  return move(work, before, "NO_SHOW", {});
}

/** Cancels a booked appointment; the time is free again. The reason is free text and stays sealed. */
export async function cancel(work: Work, input: Step & { reason: string }): Promise<Appointment> {
  const before = await holdAppointment(work, input);
  requireMove(before, "CANCELLED");
  const place = { tenantId: work.scope.tenantId, table: "appointment", id: before.id };
  const sealed = sealText(work.platform.keys, place, "cancel_reason_sealed", input.reason);
  return move(work, before, "CANCELLED", { cancel_reason_sealed: sealed });
}

function requireMove(before: Appointment, to: AppointmentStatus): void {
  if (canMove(before.status, to)) return;
  const [from, next] = [before.status, to].map((status) => appointmentStatusNames[status].toLowerCase());
  throw new AppError("wrong-transition", { detail: `An appointment that is "${from}" cannot become "${next}".` });
}

async function move(
  work: Work,
  before: Appointment,
  to: AppointmentStatus,
  more: AppointmentChange,
): Promise<Appointment> {
  try {
    await changeAppointment(
      work.connection,
      { tenantId: work.scope.tenantId, id: before.id },
      {
        status: to,
        undo: undoOf(work, before),
        ...more,
      },
    );
  } catch (error) {
    // Somebody came late after all, and the time was given to another meanwhile.
    if (sqlState(error) === "23P01")
      throw new AppError("slot-taken", { detail: "The time was given to somebody else. Plan a visit instead." });
    throw error;
  }
  await planReminder(work.connection, { tenantId: work.scope.tenantId, id: before.id, now: work.now });
  noteChange(work, before, `appointment.${actions[to]}`, { before: { status: before.status }, after: { status: to } });
  return loadAppointment(work, { id: before.id });
}

const actions: Record<AppointmentStatus, string> = {
  BOOKED: "book",
  CHECKED_IN: "check-in",
  NO_SHOW: "no-show",
  CANCELLED: "cancel",
};
