import { formatDate } from "@infirmary/shared/core";
import { orderStatusNames } from "@infirmary/shared/order";
import type { UnmatchedCandidate } from "@infirmary/shared/unmatched";
import { Button } from "@mantine/core";
import Link from "next/link";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import classes from "./unmatched.module.css";

type Props = {
  candidates: readonly UnmatchedCandidate[] /** Null where the message cannot be filed as it is. */;
  onChoose: ((candidate: UnmatchedCandidate) => void) | null;
};

/** Orders that the message could belong to, the likeliest first, each with what agrees. None is chosen beforehand. */
export function CandidateTable({ candidates, onChoose }: Props) {
  const columns: readonly Column<UnmatchedCandidate>[] = [
    {
      key: "patient",
      header: "Patient",
      cell: ({ patient }) => (
        <>
          <Link href={`/patients/${patient.id}`}>
            <bdi>
              {patient.lastName}, {patient.firstName}
            </bdi>
          </Link>
          <span className={classes.detail}>
            born {formatDate(patient.dateOfBirth)} · MRN {patient.mrn}
          </span>
        </>
      ),
    },
    {
      key: "order",
      header: "Order",
      cell: ({ orderId, orderNumber, testName }) => (
        <>
          <Link href={`/orders/${orderId}`} data-row-main>
            {orderNumber}
          </Link>
          <span className={classes.detail}>{testName}</span>
        </>
      ),
    },
    {
      key: "state",
      header: "State",
      width: "160px",
      yields: "second",
      cell: ({ status, orderedAt }) => (
        <>
          {orderStatusNames[status]}
          <span className={classes.detail}>
            ordered <DateTime at={orderedAt} />
          </span>
        </>
      ),
    },
    { key: "agrees", header: "What agrees", yields: "first", cell: ({ agrees }) => agrees.join(", ") },
    ...(onChoose ? [chooseColumn(onChoose)] : []),
  ];
  return (
    <DataTable
      caption="Orders it could belong to"
      columns={columns}
      rows={candidates}
      rowKey={({ orderId }) => orderId}
      empty={{ title: "No order here comes near.", hint: "Once the order is placed, try the message again." }}
    />
  );
}

const chooseColumn = (onChoose: (candidate: UnmatchedCandidate) => void): Column<UnmatchedCandidate> => ({
  key: "choose",
  header: "",
  width: "120px",
  cell: (candidate) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`File with order ${candidate.orderNumber}`}
      onClick={() => onChoose(candidate)}
    >
      File here
    </Button>
  ),
});
