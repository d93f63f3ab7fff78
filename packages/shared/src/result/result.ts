import { z } from "zod";
import { orderStatuses } from "../order/status.ts";
import { genders } from "../patient/patient.ts";

/** One OBX as filed. `value` is the text as sent; `observedAt` is null where the message gave none or no zone and none is assumed. */
export const observation = z.object({
  id: z.string(),
  code: z.string(),
  codingSystem: z.string().nullable(),
  name: z.string(),
  subId: z.string().nullable(),
  panelCode: z.string().nullable(),
  panelName: z.string().nullable(),
  valueType: z.string(),
  value: z.string().nullable(),
  unit: z.string().nullable(),
  referenceRange: z.string().nullable(),
  abnormalFlag: z.string().nullable(),
  status: z.string(),
  observedAt: z.string().nullable(),
  notes: z.array(z.string()),
  messageId: z.string(),
  filedAt: z.string(),
  /** 1 for the first; a correction is the next number and names the one it replaces. */
  version: z.number(),
  supersedesId: z.string().nullable(),
});
export type Observation = z.infer<typeof observation>;

const hl7Issue = z.object({
  severity: z.enum(["error", "warning", "info"]),
  path: z.string(),
  message: z.string(),
  code: z.string(),
  suggestion: z.string().nullable(),
  line: z.number().nullable(),
  offset: z.number().nullable(),
  length: z.number().nullable(),
});

/** What filing a message would do, worked out without storing anything. `blockers` are the reasons it cannot be filed. */
export const resultPreview = z.object({
  type: z.string().nullable(),
  version: z.string().nullable(),
  controlId: z.string().nullable(),
  disposition: z.enum(["take", "warn", "hold", "refuse"]),
  issues: z.array(hl7Issue),
  /** The message as text, one segment a line, for showing faults in place; decoded as the validator read it. */
  text: z.string(),
  saysPatient: z
    .object({
      identifiers: z.array(z.string()),
      name: z.string(),
      dateOfBirth: z.string().nullable(),
      sex: z.string().nullable(),
    })
    .nullable(),
  patient: z
    .object({
      id: z.string(),
      mrn: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      dateOfBirth: z.string(),
      gender: genders,
    })
    .nullable(),
  order: z
    .object({
      id: z.string(),
      orderNumber: z.string(),
      testCode: z.string(),
      testName: z.string(),
      status: orderStatuses,
    })
    .nullable(),
  /** Open orders of that patient to choose from where the message names none. */
  candidates: z.array(
    z.object({
      id: z.string(),
      orderNumber: z.string(),
      testCode: z.string(),
      testName: z.string(),
      status: orderStatuses,
      orderedAt: z.string(),
    }),
  ),
  observations: z.array(
    observation
      .pick({
        code: true,
        name: true,
        panelName: true,
        valueType: true,
        value: true,
        unit: true,
        referenceRange: true,
        abnormalFlag: true,
        status: true,
        observedAt: true,
        notes: true,
      })
      .extend({
        /** What filing does to the record: adds a value, replaces one (then `previousValue` is it), or repeats it. */
        effect: z.enum(["new", "replaces", "same"]),
        previousValue: z.string().nullable(),
      }),
  ),
  blockers: z.array(z.object({ code: z.string(), message: z.string() })),
  alreadyFiled: z.boolean(),
});
export type ResultPreview = z.infer<typeof resultPreview>;

/** Values of one code of one patient over time, oldest first; `number` is null where the value is no plain number of the trend's unit. */
export const trend = z.object({
  code: z.string(),
  name: z.string(),
  unit: z.string().nullable(),
  points: z.array(
    z.object({
      at: z.string(),
      value: z.string(),
      number: z.number().nullable(),
      unit: z.string().nullable(),
      abnormalFlag: z.string().nullable(),
      referenceRange: z.string().nullable(),
      orderId: z.string(),
    }),
  ),
});
export type Trend = z.infer<typeof trend>;
