import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { closeEntry, insertEntry, nextTicket } from "./store.ts";

type Visit = { id: string; patientId: string; facilityId: string };

/** Puts a patient who has arrived into the queue under the next number of the day, in the transaction of the arrival. */
export async function enterQueue({ connection, scope, now, audit, emit }: Work, visit: Visit): Promise<void> {
  const { tenantId } = scope;
  const { day, last } = await nextTicket(connection, { tenantId, facilityId: visit.facilityId, now });
  const ticket = `A${String(last).padStart(3, "0")}`;
  const id = newId();
  const { id: encounterId, patientId, facilityId } = visit;
  await insertEntry(connection, { tenantId, id, facilityId, encounterId, patientId, ticket, day, now });
  audit({ action: "queue.enter", entity: "queue_entry", entityId: id, patientId, after: { ticket } });
  emit({ name: "queue.changed", patientId, encounterId, subjectId: id });
}

/** Takes a visit out of the queue when the doctor begins or the visit ends. @param status `SERVED` by the doctor, or `LEFT` before */
export async function leaveQueue(
  { connection, scope, audit, emit }: Work,
  visit: Pick<Visit, "id" | "patientId">,
  status: "SERVED" | "LEFT",
): Promise<void> {
  const id = await closeEntry(connection, { tenantId: scope.tenantId, encounterId: visit.id, status });
  if (!id) return;
  audit({ action: "queue.leave", entity: "queue_entry", entityId: id, patientId: visit.patientId, after: { status } });
  emit({ name: "queue.changed", patientId: visit.patientId, encounterId: visit.id, subjectId: id });
}
