import { z } from "zod";

export const risks = z.enum(["low", "low-medium", "medium", "high"]);
export type Risk = z.infer<typeof risks>;
export const riskNames: Record<Risk, string> = {
  low: "low",
  "low-medium": "low to medium",
  medium: "medium",
  high: "high",
};

/** An early warning score as it was worked out; `missing` names the parts that were not assessed, so that the sum is at least `score`. */
export const earlyWarning = z.object({
  kind: z.enum(["NEWS2", "PEWS"]),
  score: z.number(),
  risk: risks,
  missing: z.array(z.string()),
});
export type EarlyWarning = z.infer<typeof earlyWarning>;
