import { z } from "zod";
import { text, uuid } from "../core/field.ts";
import { genders } from "../patient/patient.ts";

export const queueStatuses = z.enum(["WAITING", "CALLED", "SERVED", "LEFT"]);
export type QueueStatus = z.infer<typeof queueStatuses>;
export const queueStatusNames: Record<QueueStatus, string> = {
  WAITING: "Waiting",
  CALLED: "Called",
  SERVED: "Seen",
  LEFT: "Left",
};

/** Which step leads where: somebody who was called may wait again, at the same place or another. */
export const queueMoves = {
  WAITING: ["WAITING", "CALLED", "LEFT"],
  CALLED: ["WAITING", "CALLED", "SERVED", "LEFT"],
  SERVED: [],
  LEFT: [],
} as const satisfies Record<QueueStatus, readonly QueueStatus[]>;

export const canMoveInQueue = (from: QueueStatus, to: QueueStatus) =>
  (queueMoves[from] as readonly QueueStatus[]).includes(to);

/** Who is called first; the order of the list is the order of calling. */
export const queuePriorities = z.enum(["EMERGENCY", "URGENT", "ROUTINE"]);
export type QueuePriority = z.infer<typeof queuePriorities>;
export const queuePriorityNames: Record<QueuePriority, string> = {
  EMERGENCY: "Emergency",
  URGENT: "Urgent",
  ROUTINE: "Routine",
};

/** A waiting patient. `ticket` names nobody and may be shown and called out. */
export const queueEntry = z.object({
  id: z.string(),
  ticket: z.string(),
  patientId: z.string(),
  patient: z.object({
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: z.string(),
    gender: genders,
  }),
  encounterId: z.string(),
  servicePointId: z.string().nullable(),
  servicePointName: z.string().nullable(),
  priority: queuePriorities,
  status: queueStatuses,
  waitingSince: z.string(),
  calledAt: z.string().nullable(),
  /** Whether vital signs were taken, and the risk they say. */
  risk: z.enum(["low", "low-medium", "medium", "high"]).nullable(),
  version: z.number(),
});
export type QueueEntry = z.infer<typeof queueEntry>;

const versioned = { id: uuid, version: z.coerce.number().int().min(1) };

/** A step: called, sent on to wait elsewhere, seen, left; or another priority. What is left out stays. */
export const queueStep = z.strictObject({
  ...versioned,
  status: queueStatuses.optional(),
  servicePointId: uuid.nullish(),
  priority: queuePriorities.optional(),
});
export type QueueStep = z.infer<typeof queueStep>;
export const queueUndo = z.strictObject(versioned);
export const queueNext = z.strictObject({ servicePointId: uuid });

const pointFields = {
  code: z
    .string()
    .max(2)
    .regex(/^[A-Z]{1,2}$/, "Use one or two capital letters."),
  name: text(60),
};
export const servicePointAdd = z.strictObject(pointFields);
export const servicePointUpdate = z.strictObject({ ...versioned, ...pointFields, isActive: z.boolean() });
export const servicePoint = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  isActive: z.boolean(),
  version: z.number(),
});
export type ServicePoint = z.infer<typeof servicePoint>;

export const displayAdd = z.strictObject({ name: text(60) });
export const display = z.object({ id: z.string(), name: z.string(), createdAt: z.string() });
export type Display = z.infer<typeof display>;

/** What a waiting room sees: numbers and places, nobody's name. */
export const board = z.strictObject({
  facilityName: z.string(),
  timeZone: z.string(),
  at: z.string(),
  called: z.array(z.strictObject({ ticket: z.string(), place: z.string(), calledAt: z.string() })),
  waiting: z.array(z.strictObject({ ticket: z.string() })),
});
export type Board = z.infer<typeof board>;
