"use client";
import { formatDateTime } from "@infirmary/shared/core";
import { orderStatusNames } from "@infirmary/shared/order";
import { NativeSelect } from "@mantine/core";
import Link from "next/link";
import { useMe } from "#lib/session/me.tsx";
import classes from "./upload.module.css";
import { previewOf, type UploadRow } from "./upload-row.ts";

/** The order a message belongs to: the one it names, or one of the patient's to choose from. */
export function OrderCell({ row, onChoose }: { row: UploadRow; onChoose: (id: string, orderId: string) => void }) {
  const { timeZone } = useMe();
  const preview = previewOf(row);
  if (!preview) return null;
  const { order, candidates } = preview;
  const isOpen = row.stage.kind === "checked" || row.stage.kind === "failed";
  if (candidates.length > 0 && isOpen) {
    return (
      <NativeSelect
        aria-label={`Order for ${row.fileName}`}
        value={order?.id ?? ""}
        onChange={(event) => onChoose(row.id, event.currentTarget.value)}
        data={[
          { value: "", label: "Choose an order", disabled: true },
          ...candidates.map(({ id, orderNumber, testName, status, orderedAt }) => ({
            value: id,
            label: `${orderNumber} ${testName}, ${formatDateTime(orderedAt, timeZone)}, ${orderStatusNames[status].toLowerCase()}`,
          })),
        ]}
      />
    );
  }
  if (!order) return <span className={classes.dim}>No order</span>;
  return (
    <>
      {order.testName}{" "}
      <Link href={`/orders/${order.id}`} className={classes.number}>
        {order.orderNumber}
      </Link>{" "}
      {row.stage.kind !== "filed" && <span className={classes.dim}>{orderStatusNames[order.status]}</span>}
    </>
  );
}
