"use client";
import { rangeConditions } from "@infirmary/shared/catalog";
import type { SpecimenLabel } from "@infirmary/shared/specimen";
import { Button, Checkbox, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dialog } from "#ui/dialog.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { useCollect, useLabel } from "./queries.ts";
import classes from "./specimen.module.css";
import { useTube } from "./use-tube.ts";

export type CollectableOrder = {
  id: string;
  orderNumber: string;
  testName: string;
  containerName: string | null;
  cap: string | null;
};
type Props = {
  orderId: string;
  orders: readonly CollectableOrder[];
  replacesId: string | null;
  banner: ReactNode;
  onLabel: (label: SpecimenLabel) => void;
  onClose: () => void;
};

/** One tube for this order, and for others of the patient that go into the same container. */
export function CollectDialog({ orderId, orders, replacesId, banner, onLabel, onClose }: Props) {
  const own = orders.find(({ id }) => id === orderId);
  const [chosen, setChosen] = useState<readonly string[]>(replacesId ? [orderId] : orders.map(({ id }) => id));
  const [condition, setCondition] = useState<string | null>(null);
  const collect = useMutation(useCollect());
  const label = useMutation(useLabel());
  const { settle } = useTube();
  const error = collect.error ?? label.error;
  const go = async () => {
    const tube = await collect.mutateAsync({
      orderIds: [...chosen],
      ...(condition ? { condition: condition as (typeof rangeConditions)[number] } : {}),
      ...(replacesId ? { replacesId } : {}),
    });
    settle(tube, "Collected");
    const printed = await label.mutateAsync({ id: tube.id });
    onClose();
    onLabel(printed);
  };
  return (
    <Dialog title={replacesId ? "Collect again" : "Collect specimen"} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void go().catch(() => undefined);
        }}
      >
        {banner}
        <p>
          {own?.containerName ?? "Container as the order says"}
          {own?.cap && `, ${own.cap} cap`}
        </p>
        <Checkbox.Group label="Into one tube" value={[...chosen]} onChange={setChosen}>
          {orders.map((order) => (
            <Checkbox
              key={order.id}
              value={order.id}
              disabled={order.id === orderId}
              label={`${order.testName} · ${order.orderNumber}`}
              mt={4}
            />
          ))}
        </Checkbox.Group>
        <Select
          label="State of the patient"
          description="Some ranges depend on it."
          placeholder="Nothing particular"
          clearable
          data={[...rangeConditions]}
          value={condition}
          onChange={setCondition}
        />
        {error && <ErrorState error={apiError(error)} isCompact />}
        <div className={classes.actions}>
          <Button type="submit" data-autofocus loading={collect.isPending || label.isPending}>
            Collect and print label
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
