"use client";
import { type Appointment, appointmentCancel } from "@infirmary/shared/appointment";
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { FormError } from "#ui/form-error.tsx";
import classes from "./appointment.module.css";
import { useCancel } from "./queries.ts";
import { useSaidWithUndo } from "./use-said-with-undo.ts";

type Draft = { reason: string };
type Props = { appointment: Appointment; onDone: () => void; onBack: () => void };

/** Cancels an appointment with a reason; its time is free again. */
export function CancelForm({ appointment, onDone, onBack }: Props) {
  const cancel = useMutation(useCancel());
  const sayDone = useSaidWithUndo();
  const form = useApiForm<Draft>({
    initialValues: { reason: "" },
    validate: faultsOf<Draft>(appointmentCancel.pick({ reason: true })),
  });
  const save = async ({ reason }: Draft) => {
    const { id, version } = appointment;
    sayDone("Appointment cancelled.", await cancel.mutateAsync({ id, version, reason: reason.trim() }));
    onDone();
  };
  return (
    <form className={classes.form} noValidate onSubmit={form.save(save)}>
      <Textarea
        label="Reason"
        placeholder="Who called it off, and why"
        rows={3}
        maxLength={500}
        autoFocus
        {...form.getInputProps("reason")}
      />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <div className={classes.actions}>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button type="submit" loading={form.isBusy}>
          Cancel appointment
        </Button>
      </div>
    </form>
  );
}
