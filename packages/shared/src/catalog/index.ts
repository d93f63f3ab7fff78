import { z } from "zod";

/** A lab test or panel that can be ordered; `code` is a LOINC code, `unit` a UCUM unit. */
export const labTest = z.object({
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  category: z.string(),
  specimen: z.string(),
  unit: z.string().nullable(),
  isPanel: z.boolean(),
});
export type LabTest = z.infer<typeof labTest>;

export { isLoincCode } from "./loinc-code.ts";
