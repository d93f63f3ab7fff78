import { z } from "zod";
import { uuid } from "../core/field.ts";

/** Reads a code of ICD-10-CM however it is written: `e119`, `E11.9` and ` E11.9 ` are the same. Null where it cannot be one. */
export function normaliseIcdCode(text: string): string | null {
  const bare = text.trim().toUpperCase().replace(".", "");
  if (!/^[A-Z]\d[0-9A-Z][0-9A-Z]{0,4}$/.test(bare)) return null;
  return bare.length > 3 ? `${bare.slice(0, 3)}.${bare.slice(3)}` : bare;
}

export const diagnosisCode = z.object({ code: z.string(), title: z.string(), isBillable: z.boolean() });
export type DiagnosisCode = z.infer<typeof diagnosisCode>;

/** Part of a code, or words of a title or of what people call it. */
export const diagnosisSearch = z.strictObject({
  q: z.string().max(100).default(""),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type DiagnosisSearch = z.infer<typeof diagnosisSearch>;

export const diagnosisRanks = z.enum(["primary", "secondary"]);
export type DiagnosisRank = z.infer<typeof diagnosisRanks>;

export const encounterDiagnosis = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  rank: diagnosisRanks,
  recordedAt: z.string(),
  recordedByName: z.string(),
});
export type EncounterDiagnosis = z.infer<typeof encounterDiagnosis>;

/** A new primary diagnosis makes the one before it a secondary one; a code that is there already takes the new rank. */
export const diagnosisInput = z.strictObject({
  id: uuid,
  code: z.string().max(10),
  rank: diagnosisRanks,
  version: z.coerce.number().int().min(1).optional(),
});
export type DiagnosisInput = z.infer<typeof diagnosisInput>;
