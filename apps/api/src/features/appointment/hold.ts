import type { Appointment } from "@infirmary/shared/appointment";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadAppointment } from "./appointment.ts";

/** Holds an appointment for a change: it exists, the person works where it is (403), it is of the version that is given (409). */
export async function holdAppointment(
  work: Work,
  input: { id: string; version?: number | undefined },
): Promise<Appointment> {
  const appointment = await loadAppointment(work, { id: input.id, isHeld: true });
  if (!work.scope.actor?.facilities.some(({ id }) => id === appointment.facilityId))
    throw new AppError("not-allowed", {
      detail: `You do not work at ${appointment.facilityName}, where this appointment is.`,
    });
  if (input.version !== undefined && input.version !== appointment.version) {
    // The answer shows the patient, but its own transaction is undone: the caller reads the present record anew, audited.
    throw new AppError("stale-version");
  }
  return appointment;
}

/** Leaves the audit entry and the event of a change. */
export function noteChange(
  { audit, emit }: Work,
  { id, patientId, start }: Appointment,
  action: string,
  change: { before: Record<string, unknown>; after: Record<string, unknown> },
): void {
  audit({ action, entity: "appointment", entityId: id, patientId, ...change });
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const detail = { start: text(change.after.start) ?? start, to: text(change.after.status) };
  emit({ name: "appointment.changed", patientId, subjectId: id, detail });
}
