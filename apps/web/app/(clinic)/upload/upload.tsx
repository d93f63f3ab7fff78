"use client";
import { OrderLine } from "#features/order/order-line.tsx";
import { UploadScreen } from "#features/result/upload/upload-screen.tsx";

/** The upload screen, with the order one came from named above the list. */
export function Upload({ orderId }: { orderId: string | null }) {
  return <UploadScreen orderId={orderId} banner={orderId && <OrderLine id={orderId} />} />;
}
