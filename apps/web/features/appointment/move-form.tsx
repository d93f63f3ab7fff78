"use client";
import type { Appointment } from "@infirmary/shared/appointment";
import { formatDateTime } from "@infirmary/shared/core";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { FormError } from "#ui/form-error.tsx";
import classes from "./appointment.module.css";
import { useFreshCalendar, useReschedule } from "./queries.ts";
import { draftAt, type TimeDraft, timeFaults, timeInput } from "./time-draft.ts";
import { TimeFields } from "./time-fields.tsx";
import { useSaidWithUndo } from "./use-said-with-undo.ts";

type Props = {
  appointment: Appointment;
  /** The time it was dropped at and that was taken: the form starts there. */
  wish?: { providerId: string; roomId: string | null; start: string; end: string } | undefined;
  onDone: () => void;
  onBack: () => void;
};

/** Moves an appointment to another time, doctor or room; the time it has is kept until the new one is. */
export function MoveForm({ appointment, wish, onDone, onBack }: Props) {
  const { timeZone } = useMe();
  const reschedule = useMutation(useReschedule());
  const refresh = useFreshCalendar();
  const sayDone = useSaidWithUndo();
  const from = { ...appointment, ...wish };
  const form = useApiForm<TimeDraft>({
    initialValues: draftAt(from, todayIn(timeZone, new Date(from.start)), timeZone),
    validate: (draft) => timeFaults(draft, timeZone),
  });
  const save = async (draft: TimeDraft) => {
    const { id, version } = appointment;
    try {
      const moved = await reschedule.mutateAsync({ id, version, ...timeInput(draft, timeZone) });
      sayDone(`Moved to ${formatDateTime(moved.start, timeZone)}.`, moved);
      onDone();
    } catch (error) {
      void refresh();
      throw error;
    }
  };
  return (
    <form className={classes.form} noValidate onSubmit={form.save(save)}>
      {wish && <p>This time is taken. Choose another one; nothing was changed.</p>}
      <TimeFields form={form} />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <div className={classes.actions}>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button type="submit" loading={form.isBusy} disabled={!wish && !form.isDirty()}>
          Move
        </Button>
      </div>
    </form>
  );
}
