"use client";
import type { Order } from "@infirmary/shared/order";
import { Button } from "@mantine/core";
import Link from "next/link";
import { useEffect, useRef } from "react";
import classes from "./order-form.module.css";
import { PriorityBadge } from "./priority-badge.tsx";

/** What has been ordered in this sitting, with the numbers to write on the tubes, and the way on. */
export function Ordered({ orders, onAnother }: { orders: readonly Order[]; onAnother: () => void }) {
  const anotherRef = useRef<HTMLButtonElement>(null);
  useEffect(() => anotherRef.current?.focus(), []);
  const [latest] = orders;
  if (!latest) return null;
  return (
    <section className={classes.form} aria-label="Ordered">
      <p role="status">
        <strong>{orders.length === 1 ? "Ordered." : `${orders.length} tests ordered.`}</strong> The lab has{" "}
        {orders.length === 1 ? "it" : "them"} on its worklist.
      </p>
      <ul className={classes.ordered}>
        {orders.map((order) => (
          <li key={order.id}>
            <Link href={`/orders/${order.id}`} className={classes.number}>
              {order.orderNumber}
            </Link>
            <span>{order.testName}</span>
            <PriorityBadge priority={order.priority} />
          </li>
        ))}
      </ul>
      <div className={classes.actions}>
        <Button ref={anotherRef} onClick={onAnother}>
          Order another for this patient
        </Button>
        <Button variant="default" component={Link} href={`/patients/${latest.patientId}`}>
          Open the chart
        </Button>
        <Button variant="default" component={Link} href="/orders">
          Lab orders
        </Button>
      </div>
    </section>
  );
}
