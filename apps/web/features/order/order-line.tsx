"use client";
import { formatMrn } from "@infirmary/shared/patient";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { birthAndAge, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import classes from "./order.module.css";
import { useOrder } from "./queries.ts";

/** The order somebody came here from, in a line: messages that name no order are meant for it. */
export function OrderLine({ id }: { id: string }) {
  const { timeZone } = useMe();
  const { data: order } = useQuery(useOrder(id));
  if (!order) return null;
  const { patient } = order;
  return (
    <p className={classes.line}>
      For order <Link href={`/orders/${id}`}>{order.orderNumber}</Link> <strong>{order.testName}</strong> of{" "}
      <bdi className={classes.patient}>{patientName(patient)}</bdi>, born{" "}
      {birthAndAge(patient.dateOfBirth, todayIn(timeZone))}, MRN {formatMrn(patient.mrn)}. A message that names another
      order goes to that one.
    </p>
  );
}
