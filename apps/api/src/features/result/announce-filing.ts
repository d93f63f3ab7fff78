import type { OrderStatus } from "@infirmary/shared/order";
import { isCritical, isFinal } from "@infirmary/shared/result";
import type { Work } from "../../core/unit-of-work.ts";
import type { Notice } from "../notification/index.ts";
import { type FilingOrder, resultTitle } from "../order/index.ts";
import type { Filed, Submission } from "./file-group.ts";
import type { NewMessage } from "./message-store.ts";
import type { NewObservation } from "./store.ts";

/** A message as it is filed: what it adds and what it makes of its order. */
export type Filing = {
  submission: Submission;
  order: FilingOrder;
  before: OrderStatus;
  after: OrderStatus;
  message: Omit<NewMessage, "rawSealed" | "fileNameSealed">;
  rows: NewObservation[];
  filed: Filed;
};

/** Leaves the audit entry and tells the screens; answers what the orderer's bell shows, if anything is new. */
export function announce(work: Work, filing: Filing): (Notice & { userId: string })[] {
  const { submission, order, before, after, message, rows } = filing;
  const replaced = rows.filter(({ step }) => step.effect === "replaces");
  const isCorrection = replaced.some(
    ({ step: { incoming, current } }) => incoming.status === "C" || (current !== null && isFinal(current.status)),
  );
  work.audit({
    scope: submission.scope,
    ...(submission.partner && !submission.scope.actor
      ? { by: { userId: null, username: submission.partner.name } }
      : {}),
    action: isCorrection ? "result.correct" : "result.file",
    entity: "order",
    entityId: order.id,
    patientId: order.patient_id,
    before: { status: before },
    after: {
      status: after,
      messageId: message.id,
      added: rows.length - replaced.length,
      replaced: replaced.length,
    },
  });
  if (rows.length === 0) return [];
  const about = { orderId: order.id, patientId: order.patient_id };
  work.emit({ name: isCorrection ? "result.corrected" : "result.filed", ...about });
  const flags = rows.map(({ step }) => step.incoming.abnormalFlag);
  const kind = flags.some(isCritical) ? "result-critical" : isCorrection ? "result-corrected" : "result-filed";
  const title = resultTitle({ orderNumber: order.order_number, testName: order.test_name }, flags, isCorrection);
  return [{ userId: order.ordered_by_id, kind, title, ...about }];
}
