import type {
  Appointment,
  AppointmentCreate,
  AppointmentReschedule,
  AppointmentUpdate,
} from "@infirmary/shared/appointment";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadPatient } from "../patient/index.ts";
import { loadAppointment } from "./appointment.ts";
import { holdAppointment, noteChange } from "./hold.ts";
import { planReminder } from "./reminder-store.ts";
import { changeAppointment, insertAppointment, isProviderAt, isRoomAt } from "./store.ts";
import { takingSlot } from "./taking-slot.ts";
import { undoOf } from "./undo.ts";

const fault = (path: string, message: string) => new AppError("validation-failed", { errors: [{ path, message }] });

/** Books a time. Who else was there first is the database's to say: 409 `slot-taken`. */
export async function book(work: Work, input: AppointmentCreate): Promise<Appointment> {
  const { connection, scope, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const { facility } = actor;
  if (input.facilityId && input.facilityId !== facility.id)
    throw fault("facilityId", "You do not work at this facility now.");
  await loadPatient(work, { id: input.patientId });
  await requireResources(work, { ...input, facilityId: facility.id });
  const id = newId();
  await takingSlot(() =>
    insertAppointment(connection, {
      ...input,
      tenantId,
      id,
      facilityId: facility.id,
      roomId: input.roomId ?? null,
      bookedById: actor.userId,
    }),
  );
  await planReminder(connection, { tenantId, id, now: work.now });
  const { patientId, providerId, visitType, start, end } = input;
  audit({
    action: "appointment.book",
    entity: "appointment",
    entityId: id,
    patientId,
    after: { providerId, roomId: input.roomId ?? null, visitType, start, end },
  });
  emit({ name: "appointment.booked", patientId, subjectId: id, detail: { start, visitType } });
  return loadAppointment(work, { id });
}

/** Moves a booked appointment to another time, provider or room. */
export async function reschedule(work: Work, input: AppointmentReschedule): Promise<Appointment> {
  const before = await holdAppointment(work, input);
  if (before.status !== "BOOKED")
    throw new AppError("wrong-transition", { detail: "Only an appointment that is booked can be moved." });
  const roomId = input.roomId === undefined ? before.roomId : input.roomId;
  const providerId = input.providerId ?? before.providerId;
  await requireResources(work, { providerId, roomId, facilityId: before.facilityId });
  const at = { tenantId: work.scope.tenantId, id: before.id };
  await takingSlot(() =>
    changeAppointment(work.connection, at, {
      provider_id: providerId,
      room_id: roomId,
      starts_at: input.start,
      ends_at: input.end,
      undo: undoOf(work, before),
    }),
  );
  await planReminder(work.connection, { ...at, now: work.now });
  const { start, end } = input;
  noteChange(work, before, "appointment.reschedule", {
    before: { start: before.start, end: before.end, providerId: before.providerId, roomId: before.roomId },
    after: { start, end, providerId, roomId },
  });
  return loadAppointment(work, { id: before.id });
}

/** What the move wanted: with whom, from when, what for. */
export async function rescheduleWish(work: Work, { id, providerId, start }: AppointmentReschedule) {
  const before = await loadAppointment(work, { id });
  return { providerId: providerId ?? before.providerId, start, visitType: before.visitType };
}

/** Changes what an appointment is for, or its room, where it is booked still. */
export async function updateAppointment(work: Work, input: AppointmentUpdate): Promise<Appointment> {
  const before = await holdAppointment(work, input);
  if (before.status !== "BOOKED")
    throw new AppError("wrong-transition", { detail: "Only an appointment that is booked can be changed." });
  const roomId = input.roomId === undefined ? before.roomId : input.roomId;
  const visitType = input.visitType ?? before.visitType;
  if (roomId === before.roomId && visitType === before.visitType) return before;
  await requireResources(work, { providerId: before.providerId, roomId, facilityId: before.facilityId });
  const at = { tenantId: work.scope.tenantId, id: before.id };
  await takingSlot(() =>
    changeAppointment(work.connection, at, { room_id: roomId, visit_type: visitType, undo: null }),
  );
  noteChange(work, before, "appointment.update", {
    before: { roomId: before.roomId, visitType: before.visitType },
    after: { roomId, visitType },
  });
  return loadAppointment(work, { id: before.id });
}

async function requireResources(
  { connection, scope }: Work,
  { providerId, roomId, facilityId }: { providerId: string; roomId?: string | null | undefined; facilityId: string },
): Promise<void> {
  const { tenantId } = scope;
  if (!(await isProviderAt(connection, { tenantId, id: providerId, facilityId })))
    throw fault("providerId", "No doctor of this facility is known by this id.");
  if (roomId && !(await isRoomAt(connection, { tenantId, id: roomId, facilityId })))
    throw fault("roomId", "No room of this facility is known by this id.");
}
