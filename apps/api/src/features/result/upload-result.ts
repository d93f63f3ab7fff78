import { cutils, hl7 } from "@infirmary/native";
import type { OrderStatus } from "@infirmary/shared/order";
import { isCritical, type Observation } from "@infirmary/shared/result";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { notify } from "../notification/index.ts";
import { findOrder, lockOrder, type OrderRow, resultTitle, statusAfterFiling, storeFiling } from "../order/index.ts";
import { refuseFaulty } from "./check-message.ts";
import { type Content, interpretMessage } from "./interpret-message.ts";
import { findMessage, insertMessage } from "./message-store.ts";
import { toObservation } from "./observation.ts";
import { countValues, foreignOrderNumbers, type Plan, patientContradictions, planFiling } from "./rules.ts";
import { insertObservations, listCurrent, listCurrentWithMessage } from "./store.ts";

export type Upload = {
  orderId: string;
  bytes: Uint8Array;
  index?: number | undefined;
  fileName?: string | null | undefined;
};
export type Uploaded = { messageId: string; alreadyFiled: boolean; orderStatus: OrderStatus; results: Observation[] };

/**
 * Files the results of one ORU^R01 message with an order: all or nothing. The patient and the order numbers must fit, nothing in PID
 * may contradict, a repeat of the same message changes nothing and gets the same answer.
 */
export async function uploadResult(work: Work, upload: Upload): Promise<Uploaded> {
  const { connection, scope, platform } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  if (!(await lockOrder(connection, { tenantId, id: upload.orderId }))) throw new AppError("not-found");
  const order = await findOrder(connection, { tenantId, id: upload.orderId });
  if (!order) throw new AppError("not-found");
  const bytes = messageOf(upload);
  const interpreted = interpretMessage(
    bytes,
    actor.facilities.find(({ id }) => id === order.facility_id)?.timeZone ?? "UTC",
  );
  refuseFaulty(interpreted);
  const { content } = interpreted;
  const contentHash = cutils.sha256(bytes);
  const repeat = await findMessage(connection, { tenantId, sender: content.sender, controlId: content.controlId });
  if (repeat) {
    if (!cutils.timingSafeEqual(repeat.content_hash, contentHash)) throw new AppError("control-id-reused");
    if (repeat.order_id !== order.id)
      throw new AppError("order-mismatch", { detail: "This message was filed with another order." });
    return answer(work, order, { messageId: repeat.id, alreadyFiled: true });
  }
  refuseMismatch(content, order);
  const plan = planFiling(
    content.observations,
    await listCurrentWithMessage(connection, { tenantId, orderId: order.id }),
    content,
  );
  if (plan.stale.length > 0) throw new AppError("result-superseded", { errors: plan.stale });
  const messageId = newId();
  const rawSealed = platform.keys.seal(bytes, {
    tenant: tenantId,
    table: "hl7_message",
    column: "raw",
    row: messageId,
  });
  await insertMessage(connection, {
    tenantId,
    id: messageId,
    contentHash,
    rawSealed,
    sizeBytes: bytes.length,
    fileName: upload.fileName ?? null,
    orderId: order.id,
    patientId: order.patient_id,
    receivedById: actor.userId,
    ...content,
  });
  await file(work, order, messageId, plan);
  return answer(work, order, { messageId, alreadyFiled: false });
}

/** Refuses unless order and patient are the ones the message speaks of. */
export function refuseMismatch(content: Content, order: OrderRow): void {
  const patient = { mrn: order.mrn, lastName: order.last_name, dateOfBirth: order.date_of_birth, gender: order.gender };
  const contradictions = patientContradictions(content, patient);
  if (contradictions.length > 0) throw new AppError("patient-mismatch", { errors: contradictions });
  if (foreignOrderNumbers(content, order.order_number).length > 0) {
    throw new AppError("order-mismatch", {
      errors: [{ path: "OBR-2", message: `The message names another order than ${order.order_number}.` }],
    });
  }
  if (order.status === "CANCELLED")
    throw new AppError("wrong-transition", { detail: "The order was cancelled; nothing can be filed with it." });
}

async function file(work: Work, order: OrderRow, messageId: string, plan: Plan): Promise<void> {
  const { connection, scope, audit, emit } = work;
  const { tenantId } = scope;
  const rows = plan.steps.filter(({ effect }) => effect !== "same").map((step) => ({ id: newId(), step }));
  await insertObservations(connection, { tenantId, orderId: order.id, patientId: order.patient_id, messageId, rows });
  const values = await listCurrent(connection, { tenantId, orderId: order.id });
  const counts = countValues(values);
  const status = rows.length > 0 ? statusAfterFiling(order.status, counts) : order.status;
  await storeFiling(connection, { tenantId, id: order.id, status, counts });
  const replaced = rows.filter(({ step }) => step.effect === "replaces");
  const isCorrection = replaced.some(
    ({ step }) => step.incoming.status === "C" || (step.current !== null && step.current.status === "F"),
  );
  audit({
    action: isCorrection ? "result.correct" : "result.file",
    entity: "order",
    entityId: order.id,
    patientId: order.patient_id,
    before: { status: order.status },
    after: { status, messageId, added: rows.length - replaced.length, replaced: replaced.length },
  });
  if (rows.length === 0) return;
  emit({ name: isCorrection ? "result.corrected" : "result.filed", orderId: order.id, patientId: order.patient_id });
  const flags = rows.map(({ step }) => step.incoming.abnormalFlag);
  const kind = flags.some(isCritical) ? "result-critical" : isCorrection ? "result-corrected" : "result-filed";
  await notify(work, [order.ordered_by_id], {
    kind,
    title: resultTitle({ orderNumber: order.order_number, testName: order.test_name }, flags, isCorrection),
    orderId: order.id,
    patientId: order.patient_id,
  });
}

async function answer(
  { connection, scope }: Work,
  order: OrderRow,
  filed: { messageId: string; alreadyFiled: boolean },
): Promise<Uploaded> {
  const { tenantId } = scope;
  const now = await lockOrder(connection, { tenantId, id: order.id });
  const values = await listCurrent(connection, { tenantId, orderId: order.id });
  return { ...filed, orderStatus: now?.status ?? order.status, results: values.map(toObservation) };
}

/** The bytes of the one message meant: the whole, or the n-th (from 0) of a file of several. */
export function messageOf({ bytes, index }: Pick<Upload, "bytes" | "index">): Uint8Array {
  const parts = hl7.split(bytes);
  if (index === undefined) {
    if (parts.length > 1)
      throw new AppError("message-invalid", {
        errors: [
          { path: "MSH", message: `These are ${parts.length} messages; send them one at a time.`, severity: "error" },
        ],
      });
    return bytes;
  }
  const part = parts[index];
  if (!part)
    throw new AppError("validation-failed", { errors: [{ path: "index", message: "The file has no such message." }] });
  return parts.length === 1 ? bytes : bytes.subarray(part.offset, part.offset + part.length);
}
