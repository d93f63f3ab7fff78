"use client";
import {
  type BreakGlassReason,
  breakGlassMinutes,
  breakGlassOpen,
  breakGlassReasonNames,
  breakGlassReasons,
  breakGlassReviewHours,
} from "@infirmary/shared/break-glass";
import { Button, Radio, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import classes from "./break-glass.module.css";
import { useOpenBreakGlass } from "./queries.ts";

type Draft = { reasonCode: BreakGlassReason; reasonText: string };
type Props = { patientId: string; onOpened: () => void; onClose: () => void };

/** Asks for the reason; who one is, is asked again by the API where that was long ago. */
export function BreakGlassDialog({ patientId, onOpened, onClose }: Props) {
  const open = useMutation(useOpenBreakGlass());
  const form = useApiForm<Draft>({
    initialValues: { reasonCode: "EMERGENCY", reasonText: "" },
    validate: faultsOf(breakGlassOpen.omit({ patientId: true })),
  });
  return (
    <Dialog title="Open the record in an emergency" onClose={onClose}>
      <form
        noValidate
        className={classes.form}
        onSubmit={form.save(async (draft) => {
          await open.mutateAsync({ patientId, ...draft });
          onOpened();
        })}
      >
        <p className={classes.warning}>
          The record of this one patient opens for {breakGlassMinutes} minutes. The privacy officer is told now and
          reviews it within {breakGlassReviewHours} hours.
        </p>
        <Radio.Group label="Reason" {...form.getInputProps("reasonCode")}>
          <div className={classes.reasons}>
            {breakGlassReasons.options.map((code) => (
              <Radio key={code} value={code} label={breakGlassReasonNames[code]} />
            ))}
          </div>
        </Radio.Group>
        <Textarea
          label="In a few words"
          description="What happened, who asked. It stays in the audit log."
          data-autofocus
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps("reasonText")}
        />
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" className={classes.break} loading={form.isBusy}>
            Open the record
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
