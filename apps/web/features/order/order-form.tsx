"use client";
import type { LabTest } from "@infirmary/shared/catalog";
import { type Order, orderCreate, type Priority, priorities } from "@infirmary/shared/order";
import { Button, Radio, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { FormError } from "#ui/form-error.tsx";
import { openRepeats } from "./duplicates.ts";
import classes from "./order-form.module.css";
import { priorityNames } from "./priority-badge.tsx";
import { useCreateOrder, useOrderKeys, useOrdersOfPatient } from "./queries.ts";
import { RepeatWarning } from "./repeat-warning.tsx";
import { TestSearch } from "./test-search.tsx";

type Draft = { testCode: LabTest | null; priority: Priority; notes: string };
const empty: Draft = { testCode: null, priority: "ROUTINE", notes: "" };
const hints: Record<Priority, string> = {
  STAT: "At once: it rings at the lab",
  URGENT: "Within hours",
  ROUTINE: "With the next run",
};
const inputOf = ({ testCode, priority, notes }: Draft) => ({ testCode: testCode?.code ?? "", priority, notes });
const schemaFaults = faultsOf<Draft>(orderCreate.pick({ priority: true, notes: true }), ({ priority, notes }) => ({
  priority,
  notes,
}));

type Props = { patientId: string; onOrdered: (order: Order) => void; onCancel: () => void };

/** One lab test for one patient. What was typed stays until the order is placed. */
export function OrderForm({ patientId, onOrdered, onCancel }: Props) {
  const queries = useQueryClient();
  const keys = useOrderKeys();
  const create = useMutation(useCreateOrder());
  const searchRef = useRef<HTMLInputElement>(null);
  const form = useApiForm<Draft>({
    initialValues: empty,
    validate: (draft) => ({
      ...schemaFaults(draft),
      ...(draft.testCode ? {} : { testCode: "Choose a test from the list." }),
    }),
  });
  const { testCode: test, priority } = form.values;
  const open = useQuery(useOrdersOfPatient(test ? patientId : null, ["ORDERED", "IN_PROGRESS", "COMPLETED"]));
  const repeats = test ? openRepeats(open.data?.items ?? [], test.code) : [];
  const place = async (draft: Draft) => {
    const order = await create.mutateAsync({ patientId, ...inputOf(draft) });
    queries.setQueryData(keys.get(order.id), order);
    void queries.invalidateQueries({ queryKey: keys.all });
    onOrdered(order);
  };
  const submit = form.save(place);
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        submit(event);
        if (!test) searchRef.current?.focus();
      }}
    >
      <TestSearch
        test={test}
        onPick={(picked) => form.setFieldValue("testCode", picked)}
        error={form.errors.testCode}
        inputRef={searchRef}
      />
      <RepeatWarning repeats={repeats} />
      <Radio.Group
        label="Priority"
        value={priority}
        onChange={(value) => form.setFieldValue("priority", value as Priority)}
      >
        <div className={classes.priorities}>
          {priorities.options.map((value) => (
            <Radio key={value} value={value} label={priorityNames[value]} description={hints[value]} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label="Notes for the lab (optional)"
        placeholder="Clinical question, medication, how the sample was taken"
        rows={3}
        maxLength={2000}
        {...form.getInputProps("notes")}
      />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <div className={classes.actions}>
        <Button type="submit" loading={form.isBusy}>
          {priority === "STAT" ? "Order STAT" : "Place order"}
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
