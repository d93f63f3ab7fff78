"use client";
import { judgeWritten } from "@infirmary/shared/catalog";
import type { GridRow } from "@infirmary/shared/lab-result";
import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { JudgedFlag } from "./judged-flag.tsx";
import classes from "./lab-result.module.css";
import { useCorrect } from "./queries.ts";

/** Asks what a released value should have been, and why: a second person verifies it before doctors see it. */
export function CorrectDialog({ row, onDone, onClose }: { row: GridRow; onDone: () => void; onClose: () => void }) {
  const correct = useMutation(useCorrect());
  const form = useApiForm<{ value: string; reason: string }>({
    initialValues: { value: "", reason: "" },
    validate: {
      value: (value) => judgeWritten(value, row, row.range).fault,
      reason: (value) => (value.trim() === "" ? "Say why." : null),
    },
  });
  const { value } = form.values;
  const live = value.trim() === "" ? null : judgeWritten(value, row, row.range);
  const save = async (draft: { value: string; reason: string }) => {
    await correct.mutateAsync({ id: row.result?.id ?? "", ...draft });
    say("Entered. Somebody else verifies it; the old value stands until it is released.");
    onDone();
    onClose();
  };
  return (
    <Dialog title={`Correct ${row.name}`} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={form.save(save)}>
        <p>
          Released as <del>{row.result?.value}</del> {row.unit}
        </p>
        <TextInput
          label="Right value"
          autoComplete="off"
          maxLength={200}
          data-autofocus
          rightSectionWidth={80}
          rightSection={<span className={classes.unit}>{row.unit}</span>}
          {...form.getInputProps("value")}
        />
        {live && !live.fault && <JudgedFlag flag={live.flag} hasRange={row.range !== null} />}
        <Textarea label="Reason" maxLength={300} autosize minRows={2} {...form.getInputProps("reason")} />
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            Enter correction
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
