import { cutils } from "@infirmary/native";
import type { OrderStatus } from "@infirmary/shared/order";
import { AppError } from "../../core/app-error.ts";
import type { Settled } from "../../core/group-queue.ts";
import { newId } from "../../core/id.ts";
import { keepPlans } from "../../core/keep-plans.ts";
import type { Scope } from "../../core/scope.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { notifyEach } from "../notification/index.ts";
import { type FilingOrder, statusAfterFiling, storeFilings } from "../order/index.ts";
import { announce, type Filing } from "./announce-filing.ts";
import { type GroupRecord, messageKey, type OrderState, readRecord } from "./group-record.ts";
import { type Content, inTimeZone } from "./interpret-message.ts";
import { insertMessages, type NewMessage } from "./message-store.ts";
import { mismatchOf } from "./mismatch.ts";
import { sealNotes } from "./notes.ts";
import { Refusal } from "./refusal.ts";
import { countValues, planFiling, recordNumbersOf } from "./rules.ts";
import { insertObservations, type NewObservation, type Present } from "./store.ts";

/** A message that was read and has no faults, and who brings it. */
export type Submission = {
  scope: Scope;
  bytes: Uint8Array;
  /** Read without a time zone: that is the order's facility's. */
  content: Content;
  contentHash: Uint8Array;
  /** The order a person chose; null: the one the message names. */
  orderId: string | null;
  /** Why the message belongs to the chosen order although it says something else: a person looked. */
  placedBecause?: string | null;
  fileName: string | null;
  /** The partner that sent it, with its name for the audit log; null: a person did. */
  partner: { id: string; name: string } | null;
};

/** What filing made of a message. `results` are the order's present values as they stood right after it. */
export type Filed = {
  messageId: string;
  receivedAt: Date;
  alreadyFiled: boolean;
  orderId: string;
  orderStatus: OrderStatus;
  results: readonly Present[];
};

/**
 * Files messages of one tenant together: what is known is read once, each message is judged by itself in their order, and everything is
 * written in one statement a table. One that does not fit is refused and leaves nothing; a repeat changes nothing and gets the same answer.
 */
export async function fileGroup(work: Work, submissions: readonly Submission[]): Promise<Settled<Filed>[]> {
  const { connection, scope, platform } = work;
  const { tenantId } = scope;
  const [, record] = await Promise.all([keepPlans(connection), readRecord(work, submissions)]);
  const messages: NewMessage[] = [];
  const rows: NewObservation[] = [];
  const filings: Filing[] = [];
  const settled = submissions.map((submission): Settled<Filed> => {
    try {
      const state = orderOf(record, submission);
      const repeat = repeatOf(record, state, submission);
      if (repeat) return { answer: repeat };
      const filing = fileOne(record, state, submission);
      const rawSealed = platform.keys.seal(submission.bytes, {
        tenant: tenantId,
        table: "hl7_message",
        column: "raw",
        row: filing.message.id,
      });
      const fileNameSealed = sealText(
        platform.keys,
        { tenantId, table: "hl7_message", id: filing.message.id },
        "file_name_sealed",
        submission.fileName,
      );
      messages.push({ ...filing.message, rawSealed, fileNameSealed });
      rows.push(...filing.rows);
      filings.push(filing);
      return { answer: filing.filed };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { error };
    }
  });
  if (messages.length === 0) return settled;
  const changed = [...record.byId.values()].filter(({ filings: count }) => count > 0);
  const notices = filings.flatMap((filing) => announce(work, filing));
  // Sent together: a message stands before its values, which must belong to one.
  await Promise.all([
    insertMessages(connection, { tenantId, messages }),
    insertObservations(connection, {
      tenantId,
      rows: rows.map((row) => ({
        ...row,
        notesSealed: sealNotes(platform.keys, { tenantId, id: row.id }, row.step.incoming.notes),
      })),
    }),
    storeFilings(connection, {
      tenantId,
      filed: changed.map(({ order, present, filings: count }) => ({
        orderId: order.id,
        status: order.status,
        counts: countValues(present),
        filings: count,
      })),
    }),
    notifyEach(work, notices),
  ]);
  return settled;
}

/** The order meant. Nothing is guessed: a message that names none, or none of ours, is refused. */
function orderOf(record: GroupRecord, { orderId, content, scope }: Submission): OrderState {
  if (orderId) {
    const chosen = record.byId.get(orderId);
    // A group's transaction has nobody's limits: each person files for patients of the facility worked at.
    const isInScope = !scope.actor || chosen?.order.patient_facility_ids.includes(scope.actor.facility.id);
    if (!chosen || !isInScope) throw new AppError("not-found");
    return chosen;
  }
  const [orderNumber] = content.orderNumbers;
  const state = orderNumber ? record.byNumber.get(orderNumber) : undefined;
  if (state) return state;
  if (!recordNumbersOf(content, record.authorities).some((mrn) => record.mrns.has(mrn)))
    throw new Refusal("patient-not-found", {
      errors: [
        {
          path: "PID-3",
          message: content.identifiers.some(({ value }) => value !== "")
            ? "No patient here has an identifier of PID-3."
            : "PID-3 is blank: it matches nobody.",
        },
      ],
    });
  throw new Refusal("order-not-found", {
    errors: [
      { path: "OBR-2", message: orderNumber ? "There is no order of this number." : "The message names no order." },
    ],
  });
}

function repeatOf(
  record: GroupRecord,
  { order, present }: OrderState,
  { content, contentHash }: Submission,
): Filed | null {
  const known = record.messages.get(messageKey(content));
  if (!known) return null;
  if (!cutils.timingSafeEqual(known.contentHash, contentHash))
    throw new Refusal("control-id-reused", {
      errors: [{ path: "MSH-10", message: "This sender used the number for another message." }],
    });
  if (known.orderId !== order.id)
    throw new Refusal("order-mismatch", { detail: "This message was filed with another order." });
  const { id: messageId, receivedAt } = known;
  return { messageId, receivedAt, alreadyFiled: true, orderId: order.id, orderStatus: order.status, results: present };
}

/** Plans the message against the order as it stands, and moves the order on. */
function fileOne(record: GroupRecord, state: OrderState, submission: Submission): Filing {
  const { order } = state;
  const content = inTimeZone(submission.content, order.time_zone);
  const contradictions = contradictionsOf(record, content, order);
  // A person may place what contradicts, with a reason; nobody can file with an order that was cancelled.
  if (contradictions && !(submission.placedBecause && contradictions.reason !== "order-cancelled"))
    throw contradictions;
  const plan = planFiling(content.observations, state.present, content);
  if (plan.stale.length > 0) throw new Refusal("result-superseded", { errors: plan.stale });
  const { at } = record;
  const message = {
    id: newId(),
    ...content,
    contentHash: submission.contentHash,
    sizeBytes: submission.bytes.length,
    orderId: order.id,
    patientId: order.patient_id,
    receivedById: submission.scope.actor?.userId ?? null,
    partnerId: submission.partner?.id ?? null,
  };
  const rows: NewObservation[] = plan.steps
    .filter(({ effect }) => effect !== "same")
    .map((step) => ({
      id: newId(),
      orderId: order.id,
      patientId: order.patient_id,
      messageId: message.id,
      step,
    }));
  const before = order.status;
  // A message that says nothing new leaves the order, its version and its place in the review inbox alone.
  if (rows.length > 0) {
    const replaced = new Set(rows.map(({ step }) => step.current?.id));
    state.present = [
      ...state.present.filter(({ id }) => !replaced.has(id)),
      ...rows.map((row) => presentOf(row, content, at)),
    ].sort(asListed);
    order.status = statusAfterFiling(before, countValues(state.present));
    state.filings++;
  }
  record.messages.set(messageKey(content), {
    ...message,
    contentHash: Buffer.from(submission.contentHash),
    receivedAt: at,
  });
  const filed: Filed = {
    messageId: message.id,
    receivedAt: at,
    alreadyFiled: false,
    orderId: order.id,
    orderStatus: order.status,
    results: state.present,
  };
  return { submission, order, before, after: order.status, message, rows, filed };
}

/** Why the message cannot be this order's; null where nothing speaks against it. */
function contradictionsOf(record: GroupRecord, content: Content, order: FilingOrder): Refusal | null {
  const mismatch = mismatchOf(content, order, record.authorities);
  if (mismatch) return mismatch;
  const named = recordNumbersOf(content, record.authorities);
  if (!named.some((mrn) => mrn !== order.mrn && record.mrns.has(mrn))) return null;
  return new Refusal("patient-mismatch", {
    errors: [{ path: "PID-3", message: "The message names more than one of our patients." }],
  });
}

/** The value as a later reading would find it. */
function presentOf({ id, orderId, messageId, step }: NewObservation, content: Content, at: Date): Present {
  return {
    ...step.incoming,
    id,
    orderId,
    messageId,
    version: (step.current?.version ?? 0) + 1,
    supersedesId: step.current?.id ?? null,
    filedAt: at,
    observedAt: step.incoming.observedAt,
    sender: content.sender,
    sentText: content.sentText,
  };
}

const asListed = (a: Present, b: Present) => a.position - b.position || (a.id < b.id ? -1 : 1);
