import { z } from "zod";
import { uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";

/** Kinds of what happened, for filtering. */
export const timelineTypes = z.enum([
  "visit",
  "vitals",
  "diagnosis",
  "order",
  "result",
  "document",
  "appointment",
  "record",
]);
export type TimelineType = z.infer<typeof timelineTypes>;
export const timelineTypeNames: Record<TimelineType, string> = {
  visit: "Visit",
  vitals: "Vital signs",
  diagnosis: "Diagnosis",
  order: "Order",
  result: "Result",
  document: "Document",
  appointment: "Appointment",
  record: "Record",
};

/** Something that happened to a patient: `link` leads to the screen that shows it, `actor` is who did it where somebody did. */
export const timelineItem = z.object({
  id: z.string(),
  at: z.string(),
  type: timelineTypes,
  title: z.string(),
  actor: z.string().nullable(),
  link: z.string(),
});
export type TimelineItem = z.infer<typeof timelineItem>;

/** `id` is the patient's or the visit's. */
export const timelineQuery = pageInput.extend({ id: uuid, type: timelineTypes.optional() });
export type TimelineQuery = z.infer<typeof timelineQuery>;
