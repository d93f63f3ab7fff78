"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { ResultEntry } from "#features/lab-result/result-entry.tsx";
import { OrderLoader } from "#features/order/order-loader.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** The grid of an order below the banner of its patient. */
export function EntryScreen({ id }: { id: string }) {
  return (
    <OrderLoader id={id}>
      {(order) => (
        <>
          <PatientBanner patient={order.patient} patientId={order.patientId} allergiesOf={order.patientId} />
          <PageHeader
            title={`Results: ${order.testName}`}
            description={`${order.orderNumber} · ${order.priority}`}
            actions={
              <Button variant="default" component={Link} href={`/orders/${id}`}>
                Show the order
              </Button>
            }
          />
          <ResultEntry orderId={id} />
        </>
      )}
    </OrderLoader>
  );
}
