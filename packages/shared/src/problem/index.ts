import { z } from "zod";
import { isoDate, uuid } from "../core/field.ts";

/** What a patient has beyond one visit. */
export const problem = z.object({
  id: z.string(),
  patientId: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.enum(["ACTIVE", "RESOLVED"]),
  onsetDate: z.string().nullable(),
  recordedAt: z.string(),
  recordedByName: z.string(),
  resolvedAt: z.string().nullable(),
  version: z.number(),
});
export type Problem = z.infer<typeof problem>;

export const problemCreate = z.strictObject({
  patientId: uuid,
  code: z.string().max(10),
  onsetDate: isoDate.nullish(),
  encounterId: uuid.nullish(),
});
export type ProblemCreate = z.infer<typeof problemCreate>;

export const problemStep = z.strictObject({ id: uuid, version: z.coerce.number().int().min(1).optional() });
