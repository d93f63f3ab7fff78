"use client";
import type { Order } from "@infirmary/shared/order";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useSignMany } from "#features/order/use-sign-many.ts";
import { useNormality } from "#features/result/use-normality.ts";
import { ValuesLine } from "#features/result/values-line.tsx";
import { ageAndSex, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./acknowledge-normals.module.css";

type Props = { orders: Order[]; onSigned: (signed: Order) => void };

/** Signs every plainly normal result at once, after showing each with its values. */
export function AcknowledgeNormals({ orders, onSigned }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  useShortcut({ keys: "b", label: "Acknowledge all normal", group: "Results" }, () => setIsOpen(true));
  return (
    <>
      <Button variant="default" title="Shortcut: b" onClick={() => setIsOpen(true)}>
        Acknowledge all normal
      </Button>
      {isOpen && <NormalsDialog orders={orders} onSigned={onSigned} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function NormalsDialog({ orders: now, onSigned, onClose }: Props & { onClose: () => void }) {
  const { timeZone } = useMe();
  // What arrives while the dialog is open was not looked at and is not signed with the rest.
  const [orders] = useState(now);
  const normality = useNormality(orders.map(({ id }) => id));
  const { sign, isBusy, error } = useSignMany();
  const normal = orders.filter(({ id }) => normality.get(id)?.isNormal);
  const left = orders.length - normal.length;
  const isLoading = normality.size < orders.length;
  const confirm = async () => {
    const signed: Order[] = [];
    const done = await sign(normal, (order) => signed.push(order));
    for (const order of signed) onSigned(order);
    if (done > 0) say(done === 1 ? "Signed off 1 normal result." : `Signed off ${done} normal results.`);
    if (done === normal.length) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title="Acknowledge all normal results"
      confirmLabel={`Acknowledge ${normal.length}`}
      isBusy={isBusy}
      isDisabled={isLoading || normal.length === 0}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p role="status">
        {isLoading
          ? "Looking at the values."
          : `${normal.length} of these hold only final values that the lab flags normal or that lie within their range.`}
        {!isLoading &&
          left > 0 &&
          ` ${left} ${left === 1 ? "is" : "are"} left out: not every value says that it is normal.`}
      </p>
      <ul className={classes.list}>
        {normal.map((order) => (
          <li key={order.id} className={classes.item}>
            <span>
              <bdi className={classes.name}>{patientName(order.patient)}</bdi>{" "}
              {ageAndSex(order.patient, todayIn(timeZone))} · {order.testShortName}
            </span>
            <span className={classes.values}>
              <ValuesLine values={normality.get(order.id)?.values ?? []} />
            </span>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
