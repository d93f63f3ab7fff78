"use client";
import { appointmentCreate, type Slot } from "@infirmary/shared/appointment";
import { formatDateTime } from "@infirmary/shared/core";
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { useMe } from "#lib/session/me.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./appointment.module.css";
import { clockAt } from "./day-grid.ts";
import { useBook, useFreshCalendar } from "./queries.ts";
import { draftAt, emptyDraft, type TimeDraft, timeFaults, timeInput } from "./time-draft.ts";
import { TimeFields } from "./time-fields.tsx";

/** How the screen finds a patient, and how it shows who was found. */
export type PatientParts = {
  pickPatient: (onPick: (patientId: string) => void) => ReactNode;
  bannerOf: (patientId: string) => ReactNode;
};
type Props = PatientParts & {
  /** The free time that was pressed; null for a time still to be chosen. */
  slot: Slot | null;
  date: string;
  /** Who it is for, where that is known already. */
  patientId?: string | null;
  onClose: () => void;
};
type Draft = TimeDraft & { visitType: string };

/** Books a time: first who, then with whom, when and what for. A time that is taken meanwhile is said, and nothing typed is lost. */
export function BookDialog({ slot, date, patientId: known = null, pickPatient, bannerOf, onClose }: Props) {
  const { timeZone } = useMe();
  const [patientId, setPatientId] = useState(known);
  return (
    <Dialog title={slot ? `Book ${clockAt(slot.start, timeZone)}` : "New appointment"} onClose={onClose} size={640}>
      {patientId ? (
        <div className={classes.form}>
          {bannerOf(patientId)}
          <BookForm patientId={patientId} slot={slot} date={date} onClose={onClose} />
        </div>
      ) : (
        pickPatient(setPatientId)
      )}
    </Dialog>
  );
}

function BookForm({
  patientId,
  slot,
  date,
  onClose,
}: Pick<Props, "slot" | "date" | "onClose"> & { patientId: string }) {
  const { timeZone } = useMe();
  const book = useMutation(useBook());
  const refresh = useFreshCalendar();
  const form = useApiForm<Draft>({
    initialValues: {
      ...(slot ? draftAt(slot, date, timeZone) : emptyDraft(date)),
      visitType: slot?.visitType ?? "",
    },
    validate: (draft) => ({
      ...timeFaults(draft, timeZone),
      ...(appointmentCreate.shape.visitType.safeParse(draft.visitType).success ? {} : { visitType: "Say what for." }),
    }),
  });
  const save = async (draft: Draft) => {
    try {
      const booked = await book.mutateAsync({
        patientId,
        visitType: draft.visitType.trim(),
        ...timeInput(draft, timeZone),
      });
      say(`Booked for ${formatDateTime(booked.start, timeZone)} with ${booked.providerName}.`);
      onClose();
    } finally {
      void refresh();
    }
  };
  return (
    <form className={classes.form} noValidate onSubmit={form.save(save)}>
      <TextInput
        label="Visit type"
        placeholder="Follow-up"
        maxLength={40}
        data-autofocus
        autoFocus
        {...form.getInputProps("visitType")}
      />
      <TimeFields
        form={form}
        onSlot={({ visitType }) => form.getValues().visitType === "" && form.setFieldValue("visitType", visitType)}
      />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={form.isBusy}>
          Book
        </Button>
      </div>
    </form>
  );
}
