import { oruText } from "@infirmary/db/seed";
import { cutils } from "@infirmary/native";
import { isCritical } from "@infirmary/shared/result";
import { newId } from "../core/id.ts";
import { resultTitle, statusAfterFiling } from "../features/order/index.ts";
import { type Current, countValues, interpretMessage, type Planned, planFiling } from "../features/result/index.ts";
import type { Chronicle } from "./history.ts";
import type { HistoryOrder } from "./history-rows.ts";

/** Files the messages of an order as an upload would have: read by the same parser, planned and counted by the same rules. */
export function fileResults(chronicle: Chronicle, order: HistoryOrder, timeZone: string): void {
  let current: Current[] = [];
  let status: HistoryOrder["status"] = order.startedAt ? "IN_PROGRESS" : "ORDERED";
  for (const [index, filing] of order.filings.entries()) {
    const { message, content } = toMessage(chronicle, order, { index, timeZone });
    const { steps } = planFiling(content.observations, current, content);
    const news = steps.filter(({ effect }) => effect !== "same");
    const filed = news.map((step) => ({
      id: newId(filing.at.getTime()),
      orderId: order.id,
      patientId: order.patientId,
      messageId: message.id,
      filedAt: filing.at,
      step,
    }));
    chronicle.history.messages.push(message);
    chronicle.history.observations.push(...filed);
    const replaced = new Set(news.map(({ current: old }) => old?.id));
    current = [
      ...current.filter(({ id }) => !replaced.has(id)),
      ...filed.map(({ id, step }) => ({
        ...step.incoming,
        id,
        version: (step.current?.version ?? 0) + 1,
        sender: content.sender,
        sentText: content.sentText,
      })),
    ];
    order.counts = countValues(current);
    const before = status;
    status = statusAfterFiling(status, order.counts);
    order.completedAt = status === "COMPLETED" ? filing.at : null;
    order.updatedAt = filing.at;
    order.version++;
    announce(chronicle, order, { at: filing.at, before, after: status, news, messageId: message.id });
  }
  if (order.filings.length > 0 && status !== order.status && order.review === null)
    throw new Error(`The demo order ${order.orderNumber} ends ${status}, not ${order.status}.`);
}

function toMessage(
  { tenantId, technician, keys }: Chronicle,
  order: HistoryOrder,
  { index, timeZone }: { index: number; timeZone: string },
) {
  const filing = order.filings[index];
  if (!filing) throw new Error("There is no such filing.");
  const id = newId(filing.at.getTime());
  const text = oruText({
    controlId: `${order.orderNumber}-${index + 1}`,
    sentAt: new Date(filing.at.getTime() - 30_000),
    timeZone,
    patient: order.patient,
    orders: [
      {
        orderNumber: order.orderNumber,
        code: order.testCode,
        name: order.testName,
        collectedAt: new Date((order.startedAt ?? order.orderedAt).getTime() - 60_000),
        values: filing.values,
      },
    ],
  });
  const bytes = new TextEncoder().encode(text);
  const { content, report } = interpretMessage(bytes, timeZone);
  if (!content || report.disposition !== "take")
    throw new Error(`A demo message is not taken: ${JSON.stringify(report.issues.slice(0, 3))}`);
  const { sender, controlId, sentText, type, version } = content;
  const message = {
    id,
    orderId: order.id,
    patientId: order.patientId,
    receivedAt: filing.at,
    receivedById: technician.id,
    sender,
    controlId,
    contentHash: Buffer.from(cutils.sha256(bytes)),
    rawSealed: Buffer.from(keys.seal(bytes, { tenant: tenantId, table: "hl7_message", column: "raw", row: id })),
    sizeBytes: bytes.length,
    fileName: `${order.orderNumber}-${index + 1}.hl7`,
    sentText,
    type,
    version,
  };
  return { message, content };
}

/** The audit entry of a filing, and the doctor's notice; one that was signed off since has been read. */
function announce(
  { history, doctor, technician, note }: Chronicle,
  order: HistoryOrder,
  filed: { at: Date; before: string; after: string; news: Planned[]; messageId: string },
): void {
  const replaced = filed.news.filter(({ effect }) => effect === "replaces").length;
  const isCorrection = filed.news.some(({ effect, incoming }) => effect === "replaces" && incoming.status === "C");
  note(technician, filed.at, order.facilityId, {
    action: isCorrection ? "result.correct" : "result.file",
    entity: "order",
    entityId: order.id,
    patientId: order.patientId,
    before: { status: filed.before },
    after: { status: filed.after, messageId: filed.messageId, added: filed.news.length - replaced, replaced },
  });
  const flags = filed.news.map(({ incoming }) => incoming.abnormalFlag);
  history.notifications.push({
    id: newId(filed.at.getTime()),
    userId: doctor.id,
    kind: flags.some(isCritical) ? "result-critical" : isCorrection ? "result-corrected" : "result-filed",
    title: resultTitle(order, flags, isCorrection),
    orderId: order.id,
    patientId: order.patientId,
    createdAt: filed.at,
    readAt: order.review?.at ?? null,
  });
}
