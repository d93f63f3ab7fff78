"use client";
import { type Encounter, encounterCreate } from "@infirmary/shared/encounter";
import { Button, Radio, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { FormError } from "#ui/form-error.tsx";
import classes from "./encounter.module.css";
import { useCheckIn, useCreateEncounter } from "./queries.ts";
import { useSettle } from "./use-settle.ts";

type Draft = { reason: string; when: "now" | "later"; scheduledAt: string };
const schemaFaults = faultsOf<Draft>(encounterCreate.pick({ reason: true }), ({ reason }) => ({ reason }));

type Props = { patientId: string; onPlanned: (encounter: Encounter) => void; onCancel: () => void };

/** Plans a visit, or takes in a patient who stands at the desk: then it is checked in at once. */
export function PlanEncounter({ patientId, onPlanned, onCancel }: Props) {
  const settle = useSettle();
  const create = useMutation(useCreateEncounter());
  const checkIn = useMutation(useCheckIn());
  const form = useApiForm<Draft>({
    initialValues: { reason: "", when: "now", scheduledAt: "" },
    validate: (draft) => ({
      ...schemaFaults(draft),
      ...(draft.when === "later" && draft.scheduledAt === "" ? { scheduledAt: "Say when." } : {}),
    }),
  });
  const plan = async ({ reason, when, scheduledAt }: Draft) => {
    const later = when === "later" ? { scheduledAt: new Date(scheduledAt).toISOString() } : {};
    const planned = await create.mutateAsync({ patientId, reason: reason.trim(), ...later });
    const visit = when === "now" ? await checkIn.mutateAsync({ id: planned.id, version: planned.version }) : planned;
    onPlanned(settle(visit));
  };
  return (
    <form className={classes.form} noValidate onSubmit={form.save(plan)}>
      <Textarea
        label="Reason for the visit"
        placeholder="What brings the patient, in their words"
        rows={3}
        maxLength={500}
        autoFocus
        {...form.getInputProps("reason")}
      />
      <Radio.Group label="When" {...form.getInputProps("when")}>
        <div className={classes.actions}>
          <Radio value="now" label="Now: the patient is here" />
          <Radio value="later" label="Later" />
        </div>
      </Radio.Group>
      {form.values.when === "later" && (
        <TextInput type="datetime-local" label="Date and time" {...form.getInputProps("scheduledAt")} />
      )}
      <FormError error={form.apiError} rest={form.otherFaults} />
      <div className={classes.actions}>
        <Button type="submit" loading={form.isBusy}>
          {form.values.when === "now" ? "Check in" : "Plan visit"}
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
