"use client";
import { nextStatuses, type Order } from "@infirmary/shared/order";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { PriorityBadge } from "#features/order/priority-badge.tsx";
import { SignOff } from "#features/order/sign-off.tsx";
import { isReopened } from "#features/order/status-text.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { ResultPanels } from "#features/result/result-panels.tsx";
import { useMe } from "#lib/session/me.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import classes from "./inbox-result.module.css";

/** One result beside the inbox's list: who, what, with what went before, and the signature. */
export function InboxResult({ order, onSigned }: { order: Order; onSigned: (signed: Order) => void }) {
  const { permissions } = useMe();
  const router = useRouter();
  const repeat = `/orders/new?patientId=${order.patientId}`;
  useShortcut({ keys: "o", label: "Order another test for this patient", group: "Results" }, () => router.push(repeat));
  const banner = <PatientBanner patient={order.patient} isInDialog />;
  return (
    <>
      <PatientBanner patient={order.patient} patientId={order.patientId} isInDialog />
      <div className={classes.head}>
        <h2 className={classes.title}>
          <Link href={`/orders/${order.id}`}>{order.testName}</Link>
        </h2>
        <p className={classes.facts}>
          <PriorityBadge priority={order.priority} /> · {order.orderNumber} · ordered <DateTime at={order.orderedAt} />{" "}
          by {order.orderedByName} ·{" "}
          <Link href={repeat}>
            Order another test <Kbd keys="o" />
          </Link>
        </p>
        {order.notes && <p className={classes.notes}>{order.notes}</p>}
        {isReopened(order) && order.review && (
          <p className={classes.reopened}>
            <strong>Changed after sign-off.</strong> {order.review.reviewedByName} signed earlier values on{" "}
            <DateTime at={order.review.reviewedAt} />; what was replaced is struck through below.
          </p>
        )}
        {order.status === "IN_PROGRESS" && (
          <p className={classes.reopened}>
            <strong>Partial result.</strong> {order.counts.pending} still pending. It can be signed off once the lab has
            finished; act on the critical value now.
          </p>
        )}
      </div>
      <ResultPanels orderId={order.id} patientId={order.patientId} banner={banner} emptyHint="" isCompact>
        {(isReady) =>
          nextStatuses(order.status, permissions).includes("REVIEWED") && (
            <div className={classes.sign}>
              <SignOff order={order} isReady={isReady} label="Acknowledge and next" onDone={onSigned} />
            </div>
          )
        }
      </ResultPanels>
    </>
  );
}
