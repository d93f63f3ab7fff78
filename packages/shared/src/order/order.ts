import { z } from "zod";
import { isLoincCode } from "../catalog/loinc-code.ts";
import { flag, isoDate, optionalText, text, uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";
import { genders } from "../patient/patient.ts";
import { orderStatuses } from "./status.ts";

/** How soon the result is needed; STAT before URGENT before ROUTINE. */
export const priorities = z.enum(["STAT", "URGENT", "ROUTINE"]);
export type Priority = z.infer<typeof priorities>;

/** `testName` may be left out where the catalogue knows the code; `facilityId` is the orderer's first when left out. */
export const orderCreate = z.strictObject({
  patientId: uuid,
  testCode: z.string().max(10).refine(isLoincCode, "This is no LOINC code (check the digit after the dash)."),
  testName: text(200).optional(),
  priority: priorities.default("ROUTINE"),
  notes: optionalText(2000),
  facilityId: uuid.optional(),
  /** The visit it belongs to; the one in which the orderer is seeing the patient when left out. */
  encounterId: uuid.optional(),
});
export type OrderCreate = z.infer<typeof orderCreate>;

/** `critical` and `abnormal` count the current observations with such a flag; `pending` those not final yet. */
export const order = z.object({
  id: z.string(),
  orderNumber: z.string(),
  patientId: z.string(),
  patient: z.object({
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: z.string(),
    gender: genders,
  }),
  facilityId: z.string(),
  facilityName: z.string(),
  testCode: z.string(),
  testName: z.string(),
  /** What the catalogue calls the test in a list; its full name where the catalogue does not know it. */
  testShortName: z.string(),
  priority: priorities,
  status: orderStatuses,
  notes: z.string().nullable(),
  orderedById: z.string(),
  orderedByName: z.string(),
  orderedAt: z.string(),
  completedAt: z.string().nullable(),
  cancelReason: z.string().nullable(),
  /** The last sign-off. On a COMPLETED order it no longer holds: results changed after it and wait for another one. */
  review: z.object({ reviewedByName: z.string(), reviewedAt: z.string(), comment: z.string().nullable() }).nullable(),
  counts: z.object({ observations: z.number(), abnormal: z.number(), critical: z.number(), pending: z.number() }),
  version: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Order = z.infer<typeof order>;

export const orderList = pageInput.extend({
  patientId: uuid.optional(),
  status: z.union([orderStatuses, z.array(orderStatuses).max(5)]).optional(),
  priority: priorities.optional(),
  /** Only orders placed by the caller. */
  mine: flag.optional(),
  /** Part of an order number, or of the test's name or code. */
  q: z.string().max(60).optional(),
  /** `newest`: by order time; `worklist`: STAT first, then oldest; `review`: criticals first, then abnormal, then oldest result. */
  sort: z.enum(["newest", "oldest", "worklist", "review"]).default("newest"),
});
export type OrderList = z.infer<typeof orderList>;

/** `comment` goes with a sign-off, `reason` with a cancellation (required there). A repeat of the present status changes nothing. */
export const orderStatusInput = z.strictObject({
  id: uuid,
  status: orderStatuses,
  version: z.coerce.number().int().min(1).optional(),
  comment: optionalText(2000),
  reason: optionalText(500),
});
export type OrderStatusInput = z.infer<typeof orderStatusInput>;

/** How many tests of each kind were completed in a period: no patient in it. */
export const orderVolume = z.strictObject({ from: isoDate, to: isoDate });
