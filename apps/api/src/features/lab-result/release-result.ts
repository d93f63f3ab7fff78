import type { LabResult } from "@infirmary/shared/lab-result";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { notifyEach } from "../notification/index.ts";
import { loadResult, toResults } from "./read-results.ts";
import { reportValues } from "./report-values.ts";
import {
  findResult,
  type LabResultRow,
  listAsked,
  listOfOrder,
  listViewers,
  markReleased,
  markVerified,
} from "./store.ts";

type Step = { id: string; version?: number | undefined };

async function hold(work: Work, { id, version }: Step) {
  const row = await findResult(work.connection, { tenantId: work.scope.tenantId, id });
  if (!row) throw new AppError("not-found");
  if (version !== undefined && version !== row.version)
    throw new AppError("stale-version", { current: await loadResult(work, id) });
  return row;
}

/** Verifies a value: by somebody else than who entered it, which the database holds too. */
export async function verifyResult(work: Work, step: Step): Promise<LabResult> {
  const { connection, scope, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const row = await hold(work, step);
  if (row.status !== "ENTERED") throw new AppError("wrong-transition", { detail: "This value was verified already." });
  if (row.enteredById === actor.userId)
    throw new AppError("second-person-needed", { detail: "You entered this value. Somebody else verifies it." });
  await markVerified(connection, { tenantId, id: row.id, userId: actor.userId });
  audit({
    action: "lab-result.verify",
    entity: "lab-result",
    entityId: row.id,
    patientId: row.patientId,
    after: { orderId: row.orderId, code: row.code },
  });
  emit({ name: "lab-result.changed", orderId: row.orderId, patientId: row.patientId, subjectId: row.id });
  return loadResult(work, row.id);
}

/** Releases a verified value: from now on doctors see it. A correction reopens the review and is told to everybody who saw what it corrects. */
export async function releaseResult(work: Work, step: Step): Promise<LabResult> {
  const row = await hold(work, step);
  if (row.status !== "VERIFIED")
    throw new AppError("wrong-transition", {
      detail: row.status === "RELEASED" ? "This value was released already." : "This value has to be verified first.",
    });
  await release(work, [row]);
  return loadResult(work, row.id);
}

/** Releases every verified value of an order, together. */
export async function releaseOrder(work: Work, { orderId }: { orderId: string }): Promise<{ released: number }> {
  const rows = (await listOfOrder(work.connection, { tenantId: work.scope.tenantId, orderId })).filter(
    ({ status }) => status === "VERIFIED",
  );
  if (rows.length > 0) await release(work, rows);
  return { released: rows.length };
}

/** Verifies every value of an order that somebody else entered. */
export async function verifyOrder(work: Work, { orderId }: { orderId: string }): Promise<{ verified: number }> {
  const rows = (await listOfOrder(work.connection, { tenantId: work.scope.tenantId, orderId })).filter(
    ({ status, enteredById }) => status === "ENTERED" && enteredById !== work.scope.actor?.userId,
  );
  for (const { id } of rows) await verifyResult(work, { id });
  return { verified: rows.length };
}

async function release(work: Work, rows: readonly LabResultRow[]): Promise<void> {
  const { connection, scope, platform, audit, emit } = work;
  const { tenantId, actor } = scope;
  const [first] = rows;
  if (!actor) throw new AppError("not-signed-in");
  const [asked] = first ? await listAsked(connection, { tenantId, itemId: first.orderItemId }) : [];
  if (!asked) throw new AppError("not-found");
  const messageId = await reportValues(work, asked, toResults(platform.keys, tenantId, rows), "F");
  for (const { id, code, patientId, orderId, correctsId } of rows) {
    await markReleased(connection, { tenantId, id, userId: actor.userId, messageId });
    audit({
      action: "lab-result.release",
      entity: "lab-result",
      entityId: id,
      patientId,
      after: { orderId, code, messageId },
    });
    if (correctsId) await tellViewers(work, correctsId, asked);
  }
  emit({ name: "lab-result.changed", orderId: asked.orderId, patientId: asked.patientId });
}

/** The orderer hears of a correction with its filing; this is for everybody else who looked at the old value. */
async function tellViewers(
  work: Work,
  correctsId: string,
  about: { orderId: string; patientId: string; orderNumber: string; panelName: string },
): Promise<void> {
  const { connection, scope } = work;
  const { tenantId } = scope;
  const old = await findResult(connection, { tenantId, id: correctsId });
  if (!old?.releasedAt) return;
  const { orderId, patientId } = about;
  const viewers = await listViewers(connection, { tenantId, orderId, patientId, since: old.releasedAt });
  await notifyEach(
    work,
    viewers
      .filter((userId) => userId !== scope.actor?.userId)
      .map((userId) => ({
        userId,
        kind: "result-corrected",
        title: `Corrected since you saw it: ${about.panelName} (${about.orderNumber})`,
        orderId,
        patientId,
      })),
  );
}
