import {
  appointment,
  appointmentCancel,
  appointmentCheckIn,
  appointmentCreate,
  appointmentList,
  appointmentReschedule,
  appointmentStep,
  appointmentUndo,
  appointmentUpdate,
  availability,
  availabilityInput,
  overviewDay,
  overviewQuery,
  slot,
  slotQuery,
} from "@infirmary/shared/appointment";
import { pageOf, uuid } from "@infirmary/shared/core";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { listAppointments } from "./appointment.ts";
import { addAbsence, addAvailability, freeSlots, removeAvailability } from "./availability.ts";
import { listAvailability } from "./availability-store.ts";
import { book, reschedule, rescheduleWish, updateAppointment } from "./book.ts";
import { cancel, checkIn, noShow } from "./steps.ts";
import { countDays, listResources } from "./store.ts";
import { offeringOthers } from "./taking-slot.ts";
import { undoStep } from "./undo.ts";

const tag = "Appointments";
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8e01",
  patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  patient: { mrn: "1000427", firstName: "Jane", lastName: "Doe", dateOfBirth: "1980-01-01", gender: "female" },
  providerId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11",
  providerName: "Dr John Smith",
  roomId: null,
  roomName: null,
  facilityId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a01",
  facilityName: "St Anne's Main",
  timeZone: "America/New_York",
  visitType: "Follow-up",
  start: "2026-12-01T14:00:00.000Z",
  end: "2026-12-01T14:20:00.000Z",
  status: "BOOKED",
  cancelReason: null,
  encounterId: null,
  version: 1,
  createdAt: "2026-11-22T10:00:00.000Z",
  updatedAt: "2026-11-22T10:00:00.000Z",
};
const { patientId, providerId, facilityId, visitType, start, end } = example;
const hoursInput = {
  providerId,
  roomId: null,
  visitType,
  weekday: 1,
  startMinute: 540,
  endMinute: 720,
  slotMinutes: 20,
  validFrom: "2026-12-01",
  validUntil: null,
};
const hoursExample = { ...hoursInput, id: example.id, facilityId, timeZone: example.timeZone };
const items = z.object({ items: z.array(availability) });

export const appointmentRouter = router({
  list: permitted("appointment.read", {
    method: "GET",
    path: "/appointments/",
    tag,
    summary: "Appointments by their time",
    example: { request: { from: start, to: end }, response: { items: [example], nextCursor: null } },
  })
    .input(appointmentList)
    .output(pageOf(appointment))
    .query(({ ctx, input }) => ctx.work((work) => listAppointments(work, input))),
  book: permitted("appointment.write", {
    method: "POST",
    path: "/appointments/",
    tag,
    summary: "Book a time; 409 slot-taken, with the next free `slots`, where the doctor or the room is booked already",
    status: 201,
    example: { request: { patientId, providerId, facilityId, visitType, start, end }, response: example },
  })
    .input(appointmentCreate)
    .output(appointment)
    .mutation(({ ctx, input }) =>
      offeringOthers(
        ctx,
        () => input,
        (work) => book(work, input),
      ),
    ),
  update: permitted("appointment.write", {
    method: "PUT",
    path: "/appointments/{id}/",
    tag,
    summary: "Change what an appointment is for, or its room",
    example: { request: { visitType: "New patient", version: 1 }, response: { ...example, visitType: "New patient" } },
  })
    .input(appointmentUpdate)
    .output(appointment)
    .mutation(({ ctx, input }) => ctx.work((work) => updateAppointment(work, input))),
  reschedule: permitted("appointment.write", {
    method: "POST",
    path: "/appointments/{id}/reschedule/",
    tag,
    summary: "Move an appointment to another time, doctor or room",
    example: { request: { start, end, version: 1 }, response: { ...example, version: 2 } },
  })
    .input(appointmentReschedule)
    .output(appointment)
    .mutation(({ ctx, input }) =>
      offeringOthers(
        ctx,
        (work) => rescheduleWish(work, input),
        (work) => reschedule(work, input),
      ),
    ),
  checkIn: permitted("encounter.check-in", {
    method: "POST",
    path: "/appointments/{id}/check-in/",
    tag,
    summary: "The patient has come: makes the visit, arrived",
    example: { request: {}, response: { ...example, status: "CHECKED_IN", encounterId: example.id } },
  })
    .input(appointmentCheckIn)
    .output(appointment)
    .mutation(({ ctx, input }) => ctx.work((work) => checkIn(work, input))),
  noShow: permitted("appointment.write", {
    method: "POST",
    path: "/appointments/{id}/no-show/",
    tag,
    summary: "The patient did not come",
    example: { request: {}, response: { ...example, status: "NO_SHOW" } },
  })
    .input(appointmentStep)
    .output(appointment)
    .mutation(({ ctx, input }) => ctx.work((work) => noShow(work, input))),
  cancel: permitted("appointment.write", {
    method: "POST",
    path: "/appointments/{id}/cancel/",
    tag,
    summary: "Cancel an appointment",
    example: { request: { reason: "Patient is ill" }, response: { ...example, status: "CANCELLED" } },
  })
    .input(appointmentCancel)
    .output(appointment)
    .mutation(({ ctx, input }) => ctx.work((work) => cancel(work, input))),
  undo: permitted("appointment.write", {
    method: "POST",
    path: "/appointments/{id}/undo/",
    tag,
    summary: "Take back one's own last step on an appointment, within a minute",
    example: { request: { version: 2 }, response: { ...example, version: 3 } },
  })
    .input(appointmentUndo)
    .output(appointment)
    .mutation(({ ctx, input }) => ctx.work((work) => undoStep(work, input))),
  overview: permitted("appointment.read", {
    method: "GET",
    path: "/appointments/overview/",
    tag,
    summary: "How many appointments each day has, by the facility's clock",
    example: {
      request: { from: "2026-12-01", to: "2026-12-31" },
      response: { items: [{ date: "2026-12-01", booked: 9, checkedIn: 4, noShow: 1, cancelled: 1 }] },
    },
  })
    .input(overviewQuery)
    .output(z.object({ items: z.array(overviewDay) }))
    .query(({ ctx, input }) =>
      ctx.work(async ({ connection, scope }) => ({
        items: await countDays(connection, {
          ...input,
          tenantId: scope.tenantId,
          facilityId: ctx.session.facility.id,
        }),
      })),
    ),
  slots: permitted("appointment.read", {
    method: "GET",
    path: "/slots/",
    tag,
    summary: "A doctor's free times at the facility worked at, from now on",
    example: {
      request: { providerId, from: start, to: end },
      response: { items: [{ start, end, providerId, roomId: null, facilityId, visitType }] },
    },
  })
    .input(slotQuery)
    .output(z.object({ items: z.array(slot) }))
    .query(({ ctx, input }) => ctx.work((work) => freeSlots(work, input))),
  resources: permitted("appointment.read")
    .output(
      z.object({
        providers: z.array(z.object({ id: z.string(), name: z.string() })),
        rooms: z.array(z.object({ id: z.string(), name: z.string() })),
      }),
    )
    .query(({ ctx }) =>
      ctx.work(({ connection, scope }) =>
        listResources(connection, { tenantId: scope.tenantId, facilityId: ctx.session.facility.id }),
      ),
    ),
  availability: permitted("appointment.read", {
    method: "GET",
    path: "/availability/",
    tag,
    summary: "A doctor's weekly hours, by the facilities' own clocks",
    example: { request: { providerId }, response: { items: [hoursExample] } },
  })
    .input(z.strictObject({ providerId: uuid }))
    .output(items)
    .query(({ ctx, input }) =>
      ctx.work(async ({ connection, scope }) => ({
        items: await listAvailability(connection, { tenantId: scope.tenantId, ...input }),
      })),
    ),
  addAvailability: permitted("appointment.hours", {
    method: "POST",
    path: "/availability/",
    tag,
    summary: "Add weekly hours of a doctor at the facility worked at; answers all of them",
    status: 201,
    example: { request: hoursInput, response: { items: [hoursExample] } },
  })
    .input(availabilityInput)
    .output(items)
    .mutation(({ ctx, input }) => ctx.work((work) => addAvailability(work, input))),
  removeAvailability: permitted("appointment.hours", {
    method: "DELETE",
    path: "/availability/{id}/",
    tag,
    summary: "Take weekly hours away; what is booked stays booked",
    status: 204,
  })
    .input(z.strictObject({ id: uuid }))
    .mutation(({ ctx, input }) => ctx.work((work) => removeAvailability(work, input))),
  addAbsence: permitted("appointment.hours")
    .input(
      z.strictObject({
        providerId: uuid,
        start: z.iso.datetime({ offset: true }).max(40),
        end: z.iso.datetime({ offset: true }).max(40),
      }),
    )
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => ctx.work((work) => addAbsence(work, input))),
});
