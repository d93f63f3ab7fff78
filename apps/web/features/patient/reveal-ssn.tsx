"use client";
import { type Patient, revealSsnInput } from "@infirmary/shared/patient";
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { PatientBanner } from "./patient-banner.tsx";
import classes from "./patient-form.module.css";
import { useRevealSsn } from "./queries.ts";

/** How long the identifier stays on the screen. */
const visibleSeconds = 30;
const faults = faultsOf<{ reason: string }>(revealSsnInput.omit({ id: true }));

/** Shows a national identifier in full for half a minute; the reason and the person asking go into the audit log. */
export function RevealSsn({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const reveal = useMutation({ ...useRevealSsn(), gcTime: 0 });
  const form = useApiForm({ initialValues: { reason: "" }, validate: faults });
  const { data, reset } = reveal;
  const hide = useCallback(() => {
    reset();
    onClose();
  }, [reset, onClose]);
  return (
    <Dialog title="Show the national identifier" onClose={onClose}>
      <div className={classes.form}>
        <PatientBanner patient={patient} isInDialog />
        {data ? (
          <Shown ssn={data.ssn ?? "None recorded"} onHide={hide} />
        ) : (
          <form
            className={classes.form}
            noValidate
            onSubmit={form.save(({ reason }) => reveal.mutateAsync({ id: patient.id, reason }))}
          >
            <Textarea
              label="Reason"
              description="Recorded in the audit log with your name."
              rows={3}
              maxLength={300}
              data-autofocus
              {...form.getInputProps("reason")}
            />
            <FormError error={form.apiError} rest={form.otherFaults} />
            <div className={classes.actions}>
              <Button type="submit" loading={form.isBusy}>
                Show for {visibleSeconds} seconds
              </Button>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
            </div>
          </form>
        )}
      </div>
    </Dialog>
  );
}

function Shown({ ssn, onHide }: { ssn: string; onHide: () => void }) {
  const [secondsLeft, setSecondsLeft] = useState(visibleSeconds);
  useEffect(() => {
    if (secondsLeft === 0) return onHide();
    const timer = setTimeout(() => setSecondsLeft(secondsLeft - 1), 1_000);
    return () => clearTimeout(timer);
  }, [secondsLeft, onHide]);
  return (
    <>
      <p className={classes.ssn}>{ssn}</p>
      <p className={classes.asideHint}>Hides itself in {secondsLeft} s.</p>
      <div className={classes.actions}>
        <Button onClick={onHide} data-autofocus>
          Hide now
        </Button>
      </div>
    </>
  );
}
