import { z } from "zod";
import { isoDate, text, uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";
import { genders } from "../patient/patient.ts";
import { appointmentStatuses } from "./status.ts";

const instant = z.iso.datetime({ offset: true, error: "Use a time with its zone, as 2026-11-02T08:10:00Z." }).max(40);
/** Longest appointment, in hours. */
const hoursMax = 12;

const times = { start: instant, end: instant };
const isSpan = ({ start, end }: { start: string; end: string }) => Date.parse(start) < Date.parse(end);
const isShort = ({ start, end }: { start: string; end: string }) =>
  Date.parse(end) - Date.parse(start) <= hoursMax * 3_600_000;
const spanFault = { path: ["end"], error: "The end lies after the start." };
const lengthFault = { path: ["end"], error: `An appointment takes at most ${hoursMax} hours.` };
const versioned = { id: uuid, version: z.coerce.number().int().min(1).optional() };

export const appointmentCreate = z
  .strictObject({
    patientId: uuid,
    providerId: uuid,
    roomId: uuid.nullish(),
    facilityId: uuid.optional(),
    visitType: text(40),
    ...times,
  })
  .refine(isSpan, spanFault)
  .refine(isShort, lengthFault);
export type AppointmentCreate = z.infer<typeof appointmentCreate>;

/** Another time, and another provider or room where they are given. */
export const appointmentReschedule = z
  .strictObject({ ...versioned, providerId: uuid.optional(), roomId: uuid.nullish(), ...times })
  .refine(isSpan, spanFault)
  .refine(isShort, lengthFault);
export type AppointmentReschedule = z.infer<typeof appointmentReschedule>;

/** What is left out stays. */
export const appointmentUpdate = z.strictObject({
  ...versioned,
  visitType: text(40).optional(),
  roomId: uuid.nullish(),
});
export type AppointmentUpdate = z.infer<typeof appointmentUpdate>;

export const appointmentStep = z.strictObject(versioned);
export const appointmentUndo = z.strictObject({ id: uuid, version: z.coerce.number().int().min(1) });
/** `reason` goes with the visit that the check-in makes. */
export const appointmentCheckIn = z.strictObject({ ...versioned, reason: text(500).optional() });
export const appointmentCancel = z.strictObject({ ...versioned, reason: text(500) });

export const appointment = z.object({
  id: z.string(),
  patientId: z.string(),
  patient: z.object({
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: z.string(),
    gender: genders,
  }),
  providerId: z.string(),
  providerName: z.string(),
  roomId: z.string().nullable(),
  roomName: z.string().nullable(),
  facilityId: z.string(),
  facilityName: z.string(),
  timeZone: z.string(),
  visitType: z.string(),
  start: z.string(),
  end: z.string(),
  status: appointmentStatuses,
  cancelReason: z.string().nullable(),
  encounterId: z.string().nullable(),
  version: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Appointment = z.infer<typeof appointment>;

export const appointmentList = pageInput.extend({
  providerId: uuid.optional(),
  roomId: uuid.optional(),
  patientId: uuid.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type AppointmentList = z.infer<typeof appointmentList>;

/** Longest span of slots, in days. */
const slotDaysMax = 62;
export const slotQuery = z
  .strictObject({ providerId: uuid, from: instant, to: instant })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ["to"], error: "The end lies after the start." })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= slotDaysMax * 86_400_000, {
    path: ["to"],
    error: `Ask for at most ${slotDaysMax} days.`,
  });
export type SlotQuery = z.infer<typeof slotQuery>;

/** How long a step can be taken back by who took it. The portal offers it for ten seconds, which stand still while somebody points at the offer. */
export const undoSeconds = 60;

/** Days of a calendar, at most a quarter of a year. */
export const overviewQuery = z
  .strictObject({ from: isoDate, to: isoDate, providerId: uuid.optional(), roomId: uuid.optional() })
  .refine(({ from, to }) => from <= to, { path: ["to"], error: "The end lies after the start." })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 92 * 86_400_000, {
    path: ["to"],
    error: "Ask for at most 92 days.",
  });
export type OverviewQuery = z.infer<typeof overviewQuery>;

/** How many appointments a day has, by the facility's own clock. Nobody is named in it. */
export const overviewDay = z.object({
  date: z.string(),
  booked: z.number(),
  checkedIn: z.number(),
  noShow: z.number(),
  cancelled: z.number(),
});
export type OverviewDay = z.infer<typeof overviewDay>;

/** A free time of a provider. */
export const slot = z.object({
  start: z.string(),
  end: z.string(),
  providerId: z.string(),
  roomId: z.string().nullable(),
  facilityId: z.string(),
  visitType: z.string(),
});
export type Slot = z.infer<typeof slot>;

/** Weekly hours of a provider by the facility's clock; `weekday` 1 is Monday, minutes count from midnight. */
export const availabilityInput = z
  .strictObject({
    providerId: uuid,
    roomId: uuid.nullish(),
    visitType: text(40),
    weekday: z.number().int().min(1).max(7),
    startMinute: z.number().int().min(0).max(1439),
    endMinute: z.number().int().min(1).max(1440),
    slotMinutes: z.number().int().min(5).max(480),
    validFrom: isoDate,
    validUntil: isoDate.nullish(),
  })
  .refine(({ startMinute, endMinute }) => startMinute < endMinute, {
    path: ["endMinute"],
    error: "The end lies after the start.",
  })
  .refine(({ validFrom, validUntil }) => !validUntil || validUntil >= validFrom, {
    path: ["validUntil"],
    error: "The end lies after the start.",
  });
export type AvailabilityInput = z.infer<typeof availabilityInput>;

export const availability = z.object({
  id: z.string(),
  facilityId: z.string(),
  timeZone: z.string(),
  providerId: z.string(),
  roomId: z.string().nullable(),
  visitType: z.string(),
  weekday: z.number(),
  startMinute: z.number(),
  endMinute: z.number(),
  slotMinutes: z.number(),
  validFrom: z.string(),
  validUntil: z.string().nullable(),
});
export type Availability = z.infer<typeof availability>;
