import { can } from "@infirmary/shared/access";
import {
  type Encounter,
  type EncounterStatus,
  encounterStatusNames,
  permissionOfMove,
} from "@infirmary/shared/encounter";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { enterQueue, leaveQueue } from "../queue/index.ts";
import { loadEncounter } from "./encounter.ts";
import { changeEncounter, type EncounterChange } from "./store.ts";

const stamps = {
  ARRIVED: "arrived_at",
  TRIAGED: "triaged_at",
  IN_CONSULT: "consult_started_at",
  COMPLETED: "completed_at",
  CANCELLED: "cancelled_at",
} as const;

const actions: Record<Exclude<EncounterStatus, "PLANNED">, string> = {
  ARRIVED: "encounter.check-in",
  TRIAGED: "encounter.triage",
  IN_CONSULT: "encounter.start-consult",
  COMPLETED: "encounter.close",
  CANCELLED: "encounter.cancel",
};

/**
 * Moves a visit that this work holds to its next state and stamps the time. The step must be in the table (409) and the person hold its
 * permission (403). Who arrives stands in the queue from then on, until the doctor begins or the visit ends.
 * @param more columns that change with the step
 * @param words what the person wrote beside it
 */
export async function moveEncounter(
  work: Work,
  before: Encounter,
  to: Exclude<EncounterStatus, "PLANNED">,
  { more = {}, words = null }: { more?: EncounterChange; words?: string | null } = {},
): Promise<Encounter> {
  const { connection, scope, audit, emit, now } = work;
  const permission = permissionOfMove(before.status, to);
  if (!permission)
    throw new AppError("wrong-transition", {
      detail: `A visit that is ${encounterStatusNames[before.status].toLowerCase()} cannot become ${encounterStatusNames[to].toLowerCase()}.`,
    });
  if (!can(scope.actor?.permissions ?? [], permission)) throw new AppError("not-allowed");
  const isThere = await changeEncounter(
    connection,
    { tenantId: scope.tenantId, id: before.id, version: before.version },
    { status: to, [stamps[to]]: now, ...more },
  );
  if (!isThere) throw new AppError("stale-version");
  audit({
    action: actions[to],
    entity: "encounter",
    entityId: before.id,
    patientId: before.patientId,
    words,
    before: { status: before.status },
    after: { status: to },
  });
  emit({
    name: "encounter.changed",
    encounterId: before.id,
    patientId: before.patientId,
    detail: { from: before.status, to },
  });
  if (to === "ARRIVED") await enterQueue(work, before);
  else if (to !== "TRIAGED") await leaveQueue(work, before, to === "CANCELLED" ? "LEFT" : "SERVED");
  return loadEncounter(work, { id: before.id });
}
