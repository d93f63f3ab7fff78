import { z } from "zod";
import { can, type HeldPermissions, type Permission } from "../access/permission.ts";

export const encounterStatuses = z.enum(["PLANNED", "ARRIVED", "TRIAGED", "IN_CONSULT", "COMPLETED", "CANCELLED"]);
export type EncounterStatus = z.infer<typeof encounterStatuses>;

export const encounterStatusNames: Record<EncounterStatus, string> = {
  PLANNED: "Planned",
  ARRIVED: "Arrived",
  TRIAGED: "Triaged",
  IN_CONSULT: "In consultation",
  COMPLETED: "Completed",
  CANCELLED: "Cancelled",
};

/**
 * The way of a visit: which step leads where and which permission it takes. Whatever is not here is refused. The first vital signs
 * make an arrived patient a triaged one; a patient who cannot wait is seen without.
 */
export const encounterMoves = {
  PLANNED: { ARRIVED: "encounter.check-in", CANCELLED: "encounter.write" },
  ARRIVED: { TRIAGED: "vitals.record", IN_CONSULT: "encounter.consult", CANCELLED: "encounter.write" },
  TRIAGED: { IN_CONSULT: "encounter.consult", CANCELLED: "encounter.write" },
  IN_CONSULT: { COMPLETED: "encounter.consult" },
  COMPLETED: {},
  CANCELLED: {},
} as const satisfies Record<EncounterStatus, Partial<Record<EncounterStatus, Permission>>>;

/** The permission a step takes; null where there is no such step. */
export function permissionOfMove(from: EncounterStatus, to: EncounterStatus): Permission | null {
  return (encounterMoves[from] as Partial<Record<EncounterStatus, Permission>>)[to] ?? null;
}

/** The steps a person with these permissions may take. */
export function nextEncounterStatuses(from: EncounterStatus, held: HeldPermissions): EncounterStatus[] {
  return (Object.entries(encounterMoves[from]) as [EncounterStatus, Permission][])
    .filter(([, permission]) => can(held, permission))
    .map(([to]) => to);
}

/** Whether nothing more is written to a visit in this state. */
export const isClosed = (status: EncounterStatus) => status === "COMPLETED" || status === "CANCELLED";
