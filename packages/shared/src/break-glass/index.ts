import { z } from "zod";
import { text, uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";

/** Why somebody opens the record of a patient who is not in their care. */
export const breakGlassReasons = z.enum(["EMERGENCY", "COVERING", "CONSULT", "PATIENT_REQUEST", "OTHER"]);
export type BreakGlassReason = z.infer<typeof breakGlassReasons>;
export const breakGlassReasonNames: Record<BreakGlassReason, string> = {
  EMERGENCY: "Emergency treatment",
  COVERING: "Covering for a colleague",
  CONSULT: "Asked for an opinion",
  PATIENT_REQUEST: "The patient asked for it",
  OTHER: "Something else",
};

/** How long it lasts, and by when it is reviewed. */
export const breakGlassMinutes = 60;
export const breakGlassReviewHours = 72;

/** What the privacy officer finds. */
export const breakGlassOutcomes = z.enum(["JUSTIFIED", "NOT_JUSTIFIED", "FOLLOW_UP"]);
export type BreakGlassOutcome = z.infer<typeof breakGlassOutcomes>;
export const breakGlassOutcomeNames: Record<BreakGlassOutcome, string> = {
  JUSTIFIED: "Justified",
  NOT_JUSTIFIED: "Not justified",
  FOLLOW_UP: "To be followed up",
};

export const breakGlassOpen = z.strictObject({
  patientId: uuid,
  reasonCode: breakGlassReasons,
  reasonText: text(500).refine((value) => value.length >= 5, "Say in a few words why."),
});
export type BreakGlassOpen = z.infer<typeof breakGlassOpen>;

const person = z.object({ id: z.string(), mrn: z.string(), firstName: z.string(), lastName: z.string() });

/** An emergency access of one's own that is still open. */
export const ownBreakGlass = z.object({
  id: z.string(),
  patient: person,
  reasonCode: breakGlassReasons,
  startedAt: z.string(),
  expiresAt: z.string(),
});
export type OwnBreakGlass = z.infer<typeof ownBreakGlass>;

/** An emergency access as its reviewer sees it; `lookups`: entries of the audit log in which the person saw or changed the record. */
export const breakGlass = ownBreakGlass.extend({
  userId: z.string(),
  userName: z.string(),
  userTitle: z.string().nullable(),
  facilityName: z.string(),
  reasonText: z.string(),
  endedAt: z.string().nullable(),
  reviewDueAt: z.string(),
  lookups: z.number(),
  review: z
    .object({
      outcome: breakGlassOutcomes,
      comment: z.string().nullable(),
      reviewedByName: z.string(),
      reviewedAt: z.string(),
    })
    .nullable(),
  version: z.number(),
});
export type BreakGlass = z.infer<typeof breakGlass>;

/** `waiting`: not reviewed, what is due first comes first; `reviewed`: newest first. */
export const breakGlassList = pageInput.extend({ state: z.enum(["waiting", "reviewed"]).default("waiting") });
export type BreakGlassList = z.infer<typeof breakGlassList>;

export const breakGlassReview = z.strictObject({
  id: uuid,
  version: z.coerce.number().int().min(1),
  outcome: breakGlassOutcomes,
  comment: text(1000).optional(),
});
export type BreakGlassReview = z.infer<typeof breakGlassReview>;
