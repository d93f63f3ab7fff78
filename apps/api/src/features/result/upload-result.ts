import { cutils, hl7 } from "@infirmary/native";
import type { OrderStatus } from "@infirmary/shared/order";
import { isCritical, isFinal, type Observation } from "@infirmary/shared/result";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { notify } from "../notification/index.ts";
import { findOrder, lockOrder, type OrderRow, resultTitle, statusAfterFiling, storeFiling } from "../order/index.ts";
import { refuseFaulty } from "./check-message.ts";
import { type Content, interpretMessage } from "./interpret-message.ts";
import { findMessage, insertMessage } from "./message-store.ts";
import { toObservation } from "./observation.ts";
import {
  countValues,
  foreignOrderNumbers,
  type Planned,
  patientContradictions,
  planFiling,
  recordNumbersOf,
  valuesAfter,
} from "./rules.ts";
import { findPatientsByMrn, insertObservations, listCurrent, listCurrentWithMessage } from "./store.ts";

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
  const key = { tenantId, id: upload.orderId };
  // Sent together, answered in turn: the lock first.
  const [locked, order] = await Promise.all([lockOrder(connection, key), findOrder(connection, key)]);
  if (!locked || !order) throw new AppError("not-found");
  const bytes = messageOf(upload);
  const interpreted = interpretMessage(bytes, order.time_zone);
  refuseFaulty(interpreted);
  const { content } = interpreted;
  const contentHash = cutils.sha256(bytes);
  const [repeat, current] = await Promise.all([
    findMessage(connection, { tenantId, sender: content.sender, controlId: content.controlId }),
    listCurrentWithMessage(connection, { tenantId, orderId: order.id }),
  ]);
  if (repeat) {
    if (!cutils.timingSafeEqual(repeat.content_hash, contentHash)) throw new AppError("control-id-reused");
    if (repeat.order_id !== order.id)
      throw new AppError("order-mismatch", { detail: "This message was filed with another order." });
    return { messageId: repeat.id, alreadyFiled: true, orderStatus: order.status, results: current.map(toObservation) };
  }
  refuseMismatch(content, order);
  await refuseOtherPatients(work, content, order);
  const plan = planFiling(content.observations, current, content);
  if (plan.stale.length > 0) throw new AppError("result-superseded", { errors: plan.stale });
  const messageId = newId();
  const place = { tenant: tenantId, table: "hl7_message", column: "raw", row: messageId };
  const message = {
    tenantId,
    id: messageId,
    contentHash,
    rawSealed: platform.keys.seal(bytes, place),
    sizeBytes: bytes.length,
    fileName: upload.fileName ?? null,
    orderId: order.id,
    patientId: order.patient_id,
    receivedById: actor.userId,
    ...content,
  };
  const rows = plan.steps.filter(({ effect }) => effect !== "same").map((step) => ({ id: newId(), step }));
  const counts = countValues(valuesAfter(plan, current));
  const orderStatus = rows.length > 0 ? statusAfterFiling(order.status, counts) : order.status;
  const [, , , values] = await Promise.all([
    insertMessage(connection, message),
    insertObservations(connection, { tenantId, orderId: order.id, patientId: order.patient_id, messageId, rows }),
    // A message that says nothing new leaves the order, its version and its place in the review inbox alone.
    rows.length > 0 && storeFiling(connection, { tenantId, id: order.id, status: orderStatus, counts }),
    listCurrent(connection, { tenantId, orderId: order.id }),
    announce(work, order, { messageId, orderStatus, steps: rows.map(({ step }) => step) }),
  ]);
  return { messageId, alreadyFiled: false, orderStatus, results: values.map(toObservation) };
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

/** Refuses where PID-3 holds the number of another patient of ours beside that of the order's. */
async function refuseOtherPatients({ connection, scope }: Work, content: Content, order: OrderRow): Promise<void> {
  const mrns = recordNumbersOf(content).filter((mrn) => mrn !== order.mrn);
  const others = await findPatientsByMrn(connection, { tenantId: scope.tenantId, mrns });
  if (others.length > 0)
    throw new AppError("patient-mismatch", {
      errors: [{ path: "PID-3", message: "The message names more than one of our patients." }],
    });
}

/** Leaves the audit entry, tells the screens and rings the orderer's bell. */
async function announce(
  work: Work,
  order: OrderRow,
  { messageId, orderStatus, steps }: { messageId: string; orderStatus: OrderStatus; steps: Planned[] },
): Promise<void> {
  const replaced = steps.filter(({ effect }) => effect === "replaces");
  const isCorrection = replaced.some(
    ({ incoming, current }) => incoming.status === "C" || (current !== null && isFinal(current.status)),
  );
  work.audit({
    action: isCorrection ? "result.correct" : "result.file",
    entity: "order",
    entityId: order.id,
    patientId: order.patient_id,
    before: { status: order.status },
    after: { status: orderStatus, messageId, added: steps.length - replaced.length, replaced: replaced.length },
  });
  if (steps.length === 0) return;
  const about = { orderId: order.id, patientId: order.patient_id };
  work.emit({ name: isCorrection ? "result.corrected" : "result.filed", ...about });
  const flags = steps.map(({ incoming }) => incoming.abnormalFlag);
  const kind = flags.some(isCritical) ? "result-critical" : isCorrection ? "result-corrected" : "result-filed";
  const title = resultTitle({ orderNumber: order.order_number, testName: order.test_name }, flags, isCorrection);
  await notify(work, [order.ordered_by_id], { kind, title, ...about });
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
