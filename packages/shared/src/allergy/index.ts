import { z } from "zod";
import { optionalText, text, uuid } from "../core/field.ts";

/** Nobody asked; asked, and none is known; or the list. "None" is never assumed. */
export const allergyStatuses = z.enum(["NOT_ASKED", "NONE_KNOWN", "LISTED"]);
export type AllergyStatus = z.infer<typeof allergyStatuses>;

export const severities = z.enum(["mild", "moderate", "severe", "unknown"]);
export type Severity = z.infer<typeof severities>;
export const severityNames: Record<Severity, string> = {
  mild: "mild",
  moderate: "moderate",
  severe: "severe",
  unknown: "severity not known",
};

export const allergy = z.object({
  id: z.string(),
  substance: z.string(),
  severity: severities,
  reaction: z.string().nullable(),
  recordedAt: z.string(),
  recordedByName: z.string(),
  version: z.number(),
});
export type Allergy = z.infer<typeof allergy>;

/** A patient's allergies, the severest first. */
export const allergyList = z.object({
  status: allergyStatuses,
  askedAt: z.string().nullable(),
  askedByName: z.string().nullable(),
  items: z.array(allergy),
});
export type AllergyList = z.infer<typeof allergyList>;

export const allergyCreate = z.strictObject({
  patientId: uuid,
  substance: text(100),
  severity: severities.default("unknown"),
  reaction: optionalText(500),
});
export type AllergyCreate = z.infer<typeof allergyCreate>;
