import { undoSeconds } from "@infirmary/shared/appointment";
import { canMoveInQueue, type QueueEntry, type QueueStep, queueStatusNames } from "@infirmary/shared/queue";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { isPointAt } from "./point-store.ts";
import { changeEntry, findEntry, holdNext, listOpen, type QueueRow } from "./store.ts";

const shown = ({ facilityId: _, undo: __, ...entry }: QueueRow): QueueEntry => entry;

function facilityOf({ scope }: Work): string {
  if (!scope.actor) throw new AppError("not-signed-in");
  return scope.actor.facility.id;
}

/** Who waits or is called at the facility worked at, in the order of calling. The patients shown stand in the audit entry. */
export async function listQueue(work: Work): Promise<{ items: QueueEntry[] }> {
  const { connection, scope, audit } = work;
  const rows = await listOpen(connection, { tenantId: scope.tenantId, facilityId: facilityOf(work) });
  const patientIds = [...new Set(rows.map(({ patientId }) => patientId))];
  if (patientIds.length > 0) audit({ action: "queue.list", entity: "queue_entry", after: { patientIds } });
  return { items: rows.map(shown) };
}

/** Calls the next patient to a service point; null where nobody waits for it. */
export async function callNext(
  work: Work,
  { servicePointId }: { servicePointId: string },
): Promise<{ entry: QueueEntry | null }> {
  const facilityId = facilityOf(work);
  await requirePoint(work, { facilityId, servicePointId });
  const next = await holdNext(work.connection, { tenantId: work.scope.tenantId, facilityId, servicePointId });
  return { entry: next && (await move(work, next, { status: "CALLED", servicePointId })) };
}

/** A step with one patient: called, sent on to wait elsewhere, seen, left, or another priority. */
export async function stepInQueue(work: Work, { id, version, ...step }: QueueStep): Promise<QueueEntry> {
  const before = await hold(work, { id, version });
  const to = step.status ?? before.status;
  if (!canMoveInQueue(before.status, to))
    throw new AppError("wrong-transition", {
      detail: `${before.ticket} is "${queueStatusNames[before.status].toLowerCase()}" and cannot become "${queueStatusNames[to].toLowerCase()}".`,
    });
  const servicePointId = step.servicePointId === undefined ? before.servicePointId : step.servicePointId;
  if (servicePointId && servicePointId !== before.servicePointId)
    await requirePoint(work, { facilityId: before.facilityId, servicePointId });
  if (to === "CALLED" && !servicePointId) throw fault("Say where the patient is called to.");
  return move(work, before, { ...step, status: to, servicePointId });
}

/** Takes the last step back: only who took it, within a minute, and only where nothing happened since. */
export async function undoInQueue(work: Work, input: { id: string; version: number }): Promise<QueueEntry> {
  const before = await hold(work, input);
  const { undo } = before;
  const { scope, now } = work;
  if (!undo || undo.byId !== scope.actor?.userId || now.getTime() - Date.parse(undo.at) > undoSeconds * 1000)
    throw new AppError("wrong-transition", { detail: "This step can no longer be taken back." });
  await changeEntry(work.connection, { tenantId: scope.tenantId, id: before.id }, { ...undo.before, undo: null });
  return noted(work, before, "queue.undo", { status: undo.before.status });
}

async function hold(work: Work, { id, version }: { id: string; version: number }): Promise<QueueRow> {
  const entry = await findEntry(work.connection, { tenantId: work.scope.tenantId, id, isHeld: true });
  if (!entry) throw new AppError("not-found");
  if (entry.facilityId !== facilityOf(work))
    throw new AppError("not-allowed", { detail: "This patient waits at another facility." });
  if (entry.version !== version) throw new AppError("stale-version");
  return entry;
}

async function move(work: Work, before: QueueRow, step: Omit<QueueStep, "id" | "version">): Promise<QueueEntry> {
  const { connection, scope, now } = work;
  const { status, priority, waitingSince, calledAt } = before;
  const to = step.status ?? status;
  const servicePointId = step.servicePointId === undefined ? before.servicePointId : step.servicePointId;
  const byId = scope.actor?.userId;
  await changeEntry(
    connection,
    { tenantId: scope.tenantId, id: before.id },
    {
      status: to,
      servicePointId,
      priority: step.priority ?? priority,
      // Whoever was seen at one place and is sent on begins to wait anew.
      waitingSince: status === "CALLED" && to === "WAITING" ? now.toISOString() : waitingSince,
      calledAt: to === "CALLED" ? now.toISOString() : to === "WAITING" ? null : calledAt,
      undo: byId
        ? {
            at: now.toISOString(),
            byId,
            before: { status, servicePointId: before.servicePointId, priority, waitingSince, calledAt },
          }
        : null,
    },
  );
  return noted(work, before, to === "CALLED" ? "queue.call" : "queue.change", {
    status: to,
    servicePointId,
    priority: step.priority ?? priority,
  });
}

async function noted(
  { connection, scope, audit, emit }: Work,
  before: QueueRow,
  action: string,
  after: Record<string, unknown>,
): Promise<QueueEntry> {
  const { id, patientId, encounterId, status, servicePointId, priority } = before;
  audit({
    action,
    entity: "queue_entry",
    entityId: id,
    patientId,
    before: { status, servicePointId, priority },
    after,
  });
  emit({ name: "queue.changed", patientId, encounterId, subjectId: id });
  const row = await findEntry(connection, { tenantId: scope.tenantId, id });
  if (!row) throw new AppError("not-found");
  return shown(row);
}

async function requirePoint(
  { connection, scope }: Work,
  { facilityId, servicePointId }: { facilityId: string; servicePointId: string },
): Promise<void> {
  if (!(await isPointAt(connection, { tenantId: scope.tenantId, facilityId, id: servicePointId })))
    throw fault("No service point of this facility is known by this id.");
}

const fault = (message: string) => new AppError("validation-failed", { errors: [{ path: "servicePointId", message }] });
