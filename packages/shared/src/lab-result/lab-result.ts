import { z } from "zod";
import { labTestRange } from "../catalog/lab-test.ts";
import { valueTypes } from "../catalog/value.ts";
import { optionalText, text, uuid } from "../core/field.ts";

export const labResultStatuses = z.enum(["ENTERED", "VERIFIED", "RELEASED"]);
export type LabResultStatus = z.infer<typeof labResultStatuses>;
export const labResultStatusNames: Record<LabResultStatus, string> = {
  ENTERED: "Entered",
  VERIFIED: "Verified",
  RELEASED: "Released",
};

const version = z.number().int().min(1).optional();

/** `value` as written. `isCritical` says that it is, beyond what the limits say; it never takes a critical flag away. */
export const labResultEnter = z.strictObject({
  orderItemId: uuid,
  value: text(200),
  unit: z.string().max(40).trim().nullish(),
  isCritical: z.boolean().default(false),
  /** Shown to the doctor at once, as preliminary. */
  isPreliminary: z.boolean().default(false),
  note: optionalText(500),
  version,
});
export type LabResultEnter = z.infer<typeof labResultEnter>;
export const labResultStep = z.strictObject({ id: uuid, version });
export const labResultCorrect = z.strictObject({
  id: uuid,
  value: text(200),
  unit: z.string().max(40).trim().nullish(),
  isCritical: z.boolean().default(false),
  reason: text(300),
});

export const labResult = z.object({
  id: z.string(),
  orderItemId: z.string(),
  orderId: z.string(),
  patientId: z.string(),
  code: z.string(),
  value: z.string(),
  unit: z.string().nullable(),
  referenceRange: z.string().nullable(),
  flag: z.string().nullable(),
  isCritical: z.boolean(),
  isDelta: z.boolean(),
  isPreliminary: z.boolean(),
  note: z.string().nullable(),
  status: labResultStatuses,
  correctsId: z.string().nullable(),
  reason: z.string().nullable(),
  enteredById: z.string(),
  enteredByName: z.string(),
  enteredAt: z.string(),
  verifiedByName: z.string().nullable(),
  verifiedAt: z.string().nullable(),
  releasedByName: z.string().nullable(),
  releasedAt: z.string().nullable(),
  version: z.number(),
});
export type LabResult = z.infer<typeof labResult>;

/** A line of the grid: what is asked for, how it is judged for this person, what is there. */
export const gridRow = z.object({
  orderItemId: z.string(),
  code: z.string(),
  name: z.string(),
  valueType: z.enum(valueTypes),
  answers: z.array(z.string()),
  unit: z.string().nullable(),
  range: labTestRange.nullable(),
  previous: z.object({ value: z.string(), unit: z.string().nullable(), at: z.string() }).nullable(),
  /** What doctors see now: filed by an analyser, or released here. */
  reported: z
    .object({
      value: z.string().nullable(),
      unit: z.string().nullable(),
      flag: z.string().nullable(),
      status: z.string(),
    })
    .nullable(),
  /** The value being worked on; where there is none, the one released last. */
  result: labResult.nullable(),
});
export type GridRow = z.infer<typeof gridRow>;
export const grid = z.object({ orderId: z.string(), items: z.array(gridRow) });

/** What is to be done for an order in the laboratory, in the order of a tube's day. */
export const benchStages = z.enum(["COLLECT", "RECEIVE", "ENTER", "VERIFY", "RELEASE"]);
export type BenchStage = z.infer<typeof benchStages>;
export const benchStageNames: Record<BenchStage, string> = {
  COLLECT: "To collect",
  RECEIVE: "To receive",
  ENTER: "To enter",
  VERIFY: "To verify",
  RELEASE: "To release",
};
export const benchRow = z.object({
  orderId: z.string(),
  orderNumber: z.string(),
  testName: z.string(),
  department: z.string(),
  priority: z.enum(["STAT", "URGENT", "ROUTINE"]),
  stage: benchStages,
  orderedAt: z.string(),
  dueAt: z.string().nullable(),
  patient: z.object({
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: z.string(),
    gender: z.string(),
  }),
});
export type BenchRow = z.infer<typeof benchRow>;
