import type { Order } from "@infirmary/shared/order";
import { formatMrn } from "@infirmary/shared/patient";
import Link from "next/link";
import { ageAndSex, patientName } from "#lib/patient-name.ts";
import type { Column } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import classes from "./order.module.css";
import { PriorityBadge } from "./priority-badge.tsx";
import { ResultSummary } from "./result-summary.tsx";
import { StatusText } from "./status-text.tsx";
import { Age } from "./waiting-text.tsx";

/** The columns of a list of orders; `today` is a calendar date, for the ages of patients, `now` an instant in ms. */
function orderColumns(today: string, now: number): Column<Order>[] {
  return [
    {
      key: "priority",
      header: "Priority",
      sortKey: "priority",
      width: "76px",
      nowrap: true,
      cell: ({ priority }) => <PriorityBadge priority={priority} />,
    },
    {
      key: "number",
      header: "Order",
      width: "84px",
      nowrap: true,
      cell: ({ orderNumber }) => <span className={classes.number}>{orderNumber}</span>,
    },
    {
      key: "test",
      header: "Test",
      cell: (order) => (
        <Link href={`/orders/${order.id}`} data-row-main title={order.testName}>
          {order.testShortName}
        </Link>
      ),
    },
    {
      key: "patient",
      header: "Patient",
      width: "304px",
      cell: ({ patient }) => (
        <>
          <bdi className={classes.patient}>{patientName(patient)}</bdi>{" "}
          <span className={classes.code}>
            {ageAndSex(patient, today)} · {formatMrn(patient.mrn)}
          </span>
        </>
      ),
    },
    {
      key: "status",
      header: "State",
      width: "100px",
      nowrap: true,
      cell: ({ status }) => <StatusText status={status} />,
    },
    {
      key: "results",
      header: "Results",
      sortKey: "results",
      width: "150px",
      cell: ({ counts }) => <ResultSummary counts={counts} />,
    },
    {
      key: "ordered",
      header: "Ordered",
      sortKey: "ordered",
      width: "140px",
      nowrap: true,
      yields: "first",
      cell: ({ orderedAt }) => <DateTime at={orderedAt} />,
    },
    { key: "age", header: "Age", width: "108px", nowrap: true, cell: (order) => <Age order={order} now={now} /> },
    { key: "by", header: "Ordered by", width: "112px", yields: "first", cell: ({ orderedByName }) => orderedByName },
  ];
}

const without = (columns: Column<Order>[], ...keys: string[]) => columns.filter(({ key }) => !keys.includes(key));

/** The columns of the list of all orders: when and by whom. */
export const columnsOfList = (today: string, now: number) => without(orderColumns(today, now), "age");

/** The columns of the lab's worklist: how old, how late. */
export const columnsOfWorklist = (today: string, now: number) => without(orderColumns(today, now), "ordered", "by");

/** The columns of a list about one patient: everything but the patient. */
export const columnsOfPatient = (now: number) => without(orderColumns("", now), "patient", "age");
