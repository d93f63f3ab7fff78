import {
  type RejectReason,
  readScan,
  rejectReasons,
  type SpecimenDetail,
  type SpecimenStatus,
  specimenMoves,
  specimenStatusNames,
} from "@infirmary/shared/specimen";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { notifyEach } from "../notification/index.ts";
import { getSpecimen } from "./read-specimens.ts";
import { type EventKind, findSpecimen, insertEvent, listOrderers, moveSpecimen, startOrders } from "./store.ts";

type About = { id: string; patientId: string; orderIds: readonly string[] };
type Step = { kind: EventKind; at: Date; byScan?: boolean; detail?: string | null; note?: string | null };

/** Leaves a step in the history of a tube and in the audit log, and tells the screens. */
export async function record(
  { connection, scope, platform, audit, emit }: Work,
  about: About,
  step: Step,
): Promise<void> {
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const id = newId();
  await insertEvent(connection, {
    tenantId,
    id,
    specimenId: about.id,
    patientId: about.patientId,
    kind: step.kind,
    at: step.at,
    byId: actor.userId,
    byScan: step.byScan ?? false,
    detail: step.detail ?? null,
    noteSealed: sealText(platform.keys, { tenantId, table: "specimen_event", id }, "note_sealed", step.note ?? null),
  });
  audit({
    action: `specimen.${step.kind === "LABELLED" ? "label" : step.kind.toLowerCase()}`,
    entity: "specimen",
    entityId: about.id,
    patientId: about.patientId,
    after: { at: step.at.toISOString(), detail: step.detail ?? null },
  });
  for (const orderId of about.orderIds)
    emit({ name: "specimen.changed", orderId, patientId: about.patientId, subjectId: about.id });
}

type Move = { id: string; version?: number | undefined };

/** Holds the tube and checks that it can go where it is sent. */
async function hold({ connection, scope }: Work, { id, version }: Move, to: SpecimenStatus) {
  const row = await findSpecimen(connection, { tenantId: scope.tenantId, id, isHeld: true });
  if (!row) throw new AppError("not-found");
  if (version !== undefined && version !== row.version)
    throw new AppError("stale-version", { detail: `It is now: ${specimenStatusNames[row.status].toLowerCase()}.` });
  const moves: readonly SpecimenStatus[] = specimenMoves[row.status];
  if (!moves.includes(to))
    throw new AppError("wrong-transition", {
      detail: `This tube is ${specimenStatusNames[row.status].toLowerCase()}; it cannot be ${specimenStatusNames[to].toLowerCase()} now.`,
    });
  return { row, about: { id, patientId: row.patientId, orderIds: row.orders.map((order) => order.id) } };
}

/** Takes a tube in, by scan or by hand; its orders that were waiting for it are in progress now. */
export async function receiveSpecimen(
  work: Work,
  input: Move & { barcode?: string | undefined; receivedAt?: string | undefined },
): Promise<SpecimenDetail> {
  const { connection, scope, now } = work;
  const { tenantId } = scope;
  const { row, about } = await hold(work, input, "RECEIVED");
  if (input.barcode !== undefined && readScan(input.barcode)?.code !== row.barcode)
    throw new AppError("code-unknown", {
      detail: "The code that was scanned is not that of this tube. Check what is in your hand.",
    });
  const at = input.receivedAt ? new Date(input.receivedAt) : now;
  if (at > now || at < row.collectedAt)
    throw new AppError("validation-failed", {
      errors: [
        { path: "receivedAt", message: at > now ? "This is in the future." : "This is before it was collected." },
      ],
    });
  await moveSpecimen(connection, { tenantId, id: input.id, to: "RECEIVED", at });
  await record(work, about, { kind: "RECEIVED", at, byScan: input.barcode !== undefined });
  for (const orderId of await startOrders(connection, { tenantId, ids: about.orderIds })) {
    work.audit({
      action: "order.start",
      entity: "order",
      entityId: orderId,
      patientId: row.patientId,
      before: { status: "ORDERED" },
      after: { status: "IN_PROGRESS" },
    });
    work.emit({ name: "order.changed", orderId, patientId: row.patientId });
  }
  return getSpecimen(work, input);
}

/** Turns a tube away with a reason, and tells who ordered. */
export async function rejectSpecimen(
  work: Work,
  input: Move & { reason: RejectReason; note?: string | null | undefined },
): Promise<SpecimenDetail> {
  const { connection, scope, now } = work;
  const { tenantId } = scope;
  if (input.reason === "OTHER" && !input.note)
    throw new AppError("validation-failed", { errors: [{ path: "note", message: "Say which." }] });
  const { row, about } = await hold(work, input, "REJECTED");
  await moveSpecimen(connection, { tenantId, id: input.id, to: "REJECTED", at: now, reason: input.reason });
  await record(work, about, { kind: "REJECTED", at: now, detail: input.reason, note: input.note ?? null });
  const orderers = await listOrderers(connection, { tenantId, ids: about.orderIds });
  await notifyEach(
    work,
    orderers.map(({ orderId, userId, title }) => ({
      userId,
      kind: "specimen-rejected",
      title: `Specimen rejected: ${title}, ${rejectReasons[input.reason].toLowerCase()}`,
      orderId,
      patientId: row.patientId,
    })),
  );
  return getSpecimen(work, input);
}

/** Puts a tube away, where it can be found again. */
export async function storeSpecimen(work: Work, input: Move & { place: string }): Promise<SpecimenDetail> {
  const { about } = await hold(work, input, "STORED");
  const { tenantId } = work.scope;
  await moveSpecimen(work.connection, { tenantId, id: input.id, to: "STORED", at: work.now, place: input.place });
  await record(work, about, { kind: "STORED", at: work.now, detail: input.place });
  return getSpecimen(work, input);
}

/** Throws a tube away. */
export async function discardSpecimen(
  work: Work,
  input: Move & { note?: string | null | undefined },
): Promise<SpecimenDetail> {
  const { about } = await hold(work, input, "DISCARDED");
  await moveSpecimen(work.connection, { tenantId: work.scope.tenantId, id: input.id, to: "DISCARDED", at: work.now });
  await record(work, about, { kind: "DISCARDED", at: work.now, note: input.note ?? null });
  return getSpecimen(work, input);
}
