"use client";
import { Inbox } from "#features/order/inbox/inbox.tsx";
import { CriticalValues } from "#features/result/critical-values.tsx";
import { AcknowledgeNormals } from "./acknowledge-normals.tsx";
import { InboxResult } from "./inbox-result.tsx";

/** The review inbox: orders from one capability, their values from another. */
export function InboxScreen() {
  return (
    <Inbox
      headline={(order) => <CriticalValues orderId={order.id} fallback={order.testShortName} />}
      panel={(order, onSigned) => <InboxResult order={order} onSigned={onSigned} />}
      batch={(orders, onSigned) => <AcknowledgeNormals orders={orders} onSigned={onSigned} />}
    />
  );
}
