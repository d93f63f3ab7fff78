import type { Work } from "../../core/unit-of-work.ts";
import { type FilingOrder, lockOrders } from "../order/index.ts";
import type { Submission } from "./file-group.ts";
import { findMessages, type KnownMessage, listAuthorities } from "./message-store.ts";
import { openNotes } from "./notes.ts";
import { recordNumbersOf } from "./rules.ts";
import { findPatientsByMrn, listCurrentWithMessage, type Present } from "./store.ts";

/** An order as it stands while the messages of a group are filed one after the other. */
export type OrderState = {
  order: FilingOrder;
  present: Present[];
  /** Filings of this group that changed it. */
  filings: number;
};

/** What a group's messages are compared with: read once for all of them, and kept as it becomes with each. */
export type GroupRecord = {
  at: Date;
  authorities: readonly string[];
  byId: Map<string, OrderState>;
  byNumber: Map<string, OrderState>;
  messages: Map<string, KnownMessage>;
  /** Record numbers that PID-3 names and that are patients of ours. */
  mrns: Set<string>;
};

export const messageKey = ({ sender, controlId }: { sender: string; controlId: string }) => `${sender}\n${controlId}`;

/** Holds the group's orders and reads what is known, in one round trip: the statements are sent together and the lock comes first. */
export async function readRecord(
  { connection, platform, scope: { tenantId } }: Pick<Work, "connection" | "platform" | "scope">,
  submissions: readonly Submission[],
): Promise<GroupRecord> {
  const contents = submissions.map(({ content }) => content);
  const ids = [...new Set(submissions.flatMap(({ orderId }) => orderId ?? []))];
  const orderNumbers = [
    ...new Set(submissions.flatMap(({ orderId, content }) => (orderId ? [] : content.orderNumbers.slice(0, 1)))),
  ];
  const mrns = [...new Set(contents.flatMap((content) => recordNumbersOf(content, [])))];
  const [orders, known, present, patients, { names, at }] = await Promise.all([
    lockOrders(connection, { tenantId, ids, orderNumbers }),
    findMessages(connection, { tenantId, keys: contents }),
    listCurrentWithMessage(connection, { tenantId, ids, orderNumbers }),
    findPatientsByMrn(connection, { tenantId, mrns }),
    listAuthorities(connection, { tenantId }),
  ]);
  const states = orders.map((order): OrderState => ({ order, present: [], filings: 0 }));
  const byId = new Map(states.map((state) => [state.order.id, state]));
  for (const value of openNotes<Present>(platform.keys, tenantId, present))
    byId.get(value.orderId)?.present.push(value);
  return {
    at,
    authorities: names,
    byId,
    byNumber: new Map(states.map((state) => [state.order.order_number, state])),
    messages: new Map(known.map((message) => [messageKey(message), message])),
    mrns: new Set(patients.map(({ mrn }) => mrn)),
  };
}
