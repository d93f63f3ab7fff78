"use client";
import { type AuditHold, releaseHoldInput } from "@infirmary/shared/audit";
import { formatDate } from "@infirmary/shared/core";
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import classes from "./holds.module.css";
import { useHoldChanges } from "./queries.ts";

const faults = faultsOf<{ reason: string }>(releaseHoldInput.omit({ id: true }));

/** Ends a hold, with a reason: what it kept may be deleted the next night. */
export function ReleaseHold({ hold, onClose }: { hold: AuditHold; onClose: () => void }) {
  const changes = useHoldChanges();
  const client = useQueryClient();
  const release = useMutation(changes.release);
  const form = useApiForm({ initialValues: { reason: "" }, validate: faults });
  return (
    <Dialog title="Release this hold" onClose={onClose}>
      <form
        className={classes.parts}
        noValidate
        onSubmit={form.save(async ({ reason }) => {
          await release.mutateAsync({ id: hold.id, reason });
          await client.invalidateQueries({ queryKey: changes.key });
          onClose();
        })}
      >
        <p className={classes.hint}>
          {formatDate(hold.fromDay)} to {formatDate(hold.toDay)}: {hold.reason}. Months of it that are older than seven
          years are exported and deleted the next night.
        </p>
        <Textarea label="Why it ends" rows={2} maxLength={500} data-autofocus {...form.getInputProps("reason")} />
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            Release
          </Button>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
