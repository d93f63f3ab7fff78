import { z } from "zod";
import { flag, optionalText, text, uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";
import { encounterDiagnosis } from "../diagnosis/index.ts";
import { genders } from "../patient/patient.ts";
import { earlyWarning } from "../vitals/early-warning.ts";
import { encounterStatuses } from "./status.ts";

/** An instant with its zone, as `2026-11-02T08:10:00Z`. */
const instant = z.iso.datetime({ offset: true, error: "Use a time with its zone, as 2026-11-02T08:10:00Z." }).max(40);

/** `scheduledAt` is now when left out; `facilityId` the person's first; `providerId` the doctor who is expected to see the patient. */
export const encounterCreate = z.strictObject({
  patientId: uuid,
  reason: text(500),
  scheduledAt: instant.optional(),
  facilityId: uuid.optional(),
  providerId: uuid.nullish(),
});
export type EncounterCreate = z.infer<typeof encounterCreate>;

/** A visit. `earlyWarning` is of the latest vital signs. */
export const encounter = z.object({
  id: z.string(),
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
  status: encounterStatuses,
  reason: z.string(),
  scheduledAt: z.string(),
  arrivedAt: z.string().nullable(),
  triagedAt: z.string().nullable(),
  consultStartedAt: z.string().nullable(),
  completedAt: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  cancelReason: z.string().nullable(),
  providerId: z.string().nullable(),
  providerName: z.string().nullable(),
  assessment: z.string().nullable(),
  plan: z.string().nullable(),
  /** The primary one first. */
  diagnoses: z.array(encounterDiagnosis),
  earlyWarning: earlyWarning.nullable(),
  version: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Encounter = z.infer<typeof encounter>;

export const encounterList = pageInput.extend({
  patientId: uuid.optional(),
  status: z.union([encounterStatuses, z.array(encounterStatuses).max(6)]).optional(),
  /** Only visits the caller is to see or has seen. */
  mine: flag.optional(),
  from: instant.optional(),
  to: instant.optional(),
  /** `newest`: latest first; `today`: by planned time. */
  sort: z.enum(["newest", "planned"]).default("newest"),
});
export type EncounterList = z.infer<typeof encounterList>;

/** Every write may say which version it was made on; another one is then refused. */
const versioned = { id: uuid, version: z.coerce.number().int().min(1).optional() };

export const encounterStep = z.strictObject(versioned);
export const encounterCancel = z.strictObject({ ...versioned, reason: text(500) });
export const assessmentInput = z.strictObject({ ...versioned, assessment: clinicalText() });
export const planInput = z.strictObject({ ...versioned, plan: clinicalText() });
export const encounterClose = z.strictObject({ ...versioned, overrideReason: optionalText(500) });

/** What stands in the way of closing a visit; `link` leads to the place where it is put right. */
export const blocker = z.object({ code: z.string(), title: z.string(), link: z.string() });
export type Blocker = z.infer<typeof blocker>;

function clinicalText() {
  return z
    .string()
    .max(10_000)
    .trim()
    .min(1, "Required.")
    .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, "Control characters are not allowed.");
}
