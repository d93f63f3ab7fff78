import { z } from "zod";
import { optionalText, text, uuid } from "../core/field.ts";

/** A call about a critical value: whom it was told, and that it was read back; or that nobody was reached. */
export const criticalCallLog = z.strictObject({
  observationId: uuid,
  outcome: z.enum(["READ_BACK", "NOT_REACHED"]),
  told: text(120),
  note: optionalText(300),
  /** When it was; now where left out. */
  calledAt: z.iso.datetime({ offset: true }).max(40).optional(),
});
export type CriticalCallLog = z.infer<typeof criticalCallLog>;

/** A critical value with its times: reported, due, told, acknowledged. `calls` are the latest last. */
export const criticalRow = z.object({
  observationId: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  name: z.string(),
  value: z.string().nullable(),
  unit: z.string().nullable(),
  flag: z.string(),
  reportedAt: z.string(),
  dueAt: z.string(),
  patient: z.object({
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: z.string(),
    gender: z.string(),
  }),
  orderedByName: z.string(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedByName: z.string().nullable(),
  calls: z.array(
    z.object({
      id: z.string(),
      outcome: z.enum(["READ_BACK", "NOT_REACHED"]),
      told: z.string(),
      note: z.string().nullable(),
      calledAt: z.string(),
      calledByName: z.string(),
    }),
  ),
});
export type CriticalRow = z.infer<typeof criticalRow>;
