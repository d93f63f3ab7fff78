import { type Appointment, undoSeconds } from "@infirmary/shared/appointment";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { withdrawCheckIn } from "../encounter/index.ts";
import { loadAppointment } from "./appointment.ts";
import { holdAppointment, noteChange } from "./hold.ts";
import { planReminder } from "./reminder-store.ts";
import { changeAppointment, findAppointment, type Undo } from "./store.ts";
import { takingSlot } from "./taking-slot.ts";

/** What to keep with a step so that it can be taken back. */
export function undoOf({ scope, now }: Work, { status, start, end, providerId, roomId }: Appointment): Undo | null {
  const byId = scope.actor?.userId;
  return byId ? { at: now.toISOString(), byId, before: { status, start, end, providerId, roomId } } : null;
}

/**
 * Takes the last step on an appointment back: a move, a cancellation, a no-show or a check-in, whose visit is cancelled with it. Only who
 * took the step may, within a minute, and only where nothing else was done since; a time that somebody else has taken meanwhile stays theirs.
 */
export async function undoStep(work: Work, input: { id: string; version: number }): Promise<Appointment> {
  const { connection, scope, now } = work;
  const present = await holdAppointment(work, input);
  const at = { tenantId: scope.tenantId, id: present.id };
  const undo = (await findAppointment(connection, at))?.undo ?? null;
  if (!undo || undo.byId !== scope.actor?.userId || now.getTime() - Date.parse(undo.at) > undoSeconds * 1000)
    throw new AppError("wrong-transition", { detail: "This step can no longer be taken back." });
  const { before } = undo;
  await takingSlot(() =>
    changeAppointment(connection, at, {
      status: before.status,
      starts_at: before.start,
      ends_at: before.end,
      provider_id: before.providerId,
      room_id: before.roomId,
      encounter_id: null,
      cancel_reason_sealed: null,
      undo: null,
    }),
  );
  if (present.encounterId) await withdrawCheckIn(work, { id: present.encounterId });
  await planReminder(connection, { ...at, now });
  const { status, start, end, providerId, roomId } = present;
  noteChange(work, present, "appointment.undo", { before: { status, start, end, providerId, roomId }, after: before });
  return loadAppointment(work, { id: present.id });
}
