"use client";
import type { CriticalRow } from "@infirmary/shared/critical-call";
import { Button, Radio, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { patientName } from "#lib/patient-name.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./critical-call.module.css";
import { useCriticalKey, useLogCall } from "./queries.ts";

type Draft = { outcome: "READ_BACK" | "NOT_REACHED" | ""; told: string; note: string };

/** Writes down a call while it is made: the value stands there to be read out, and to be compared with what is read back. */
export function CallDialog({ row, onClose }: { row: CriticalRow; onClose: () => void }) {
  const queries = useQueryClient();
  const queryKey = useCriticalKey();
  const log = useMutation(useLogCall());
  const form = useApiForm<Draft>({
    initialValues: { outcome: "", told: "", note: "" },
    validate: {
      told: (value) => (value.trim() === "" ? "Say who." : null),
      outcome: (value) => (value === "" ? "Say how it ended." : null),
    },
  });
  const save = async ({ outcome, told, note }: Draft) => {
    if (outcome === "") return;
    await log.mutateAsync({ observationId: row.observationId, outcome, told, note });
    void queries.invalidateQueries({ queryKey });
    say(`Call about ${row.name} (${row.orderNumber}) is written down.`);
    onClose();
  };
  return (
    <Dialog title="Log a call" onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={form.save(save)}>
        <p>
          <bdi>{patientName(row.patient)}</bdi> · {row.orderNumber}
          <br />
          {row.name}{" "}
          <span className={classes.value}>
            {row.value} {row.unit} {row.flag}
          </span>
        </p>
        <TextInput
          label="Who was called"
          description="Name and place, as they gave it."
          maxLength={120}
          data-autofocus
          {...form.getInputProps("told")}
        />
        <Radio.Group label="How it ended" {...form.getInputProps("outcome")}>
          <Radio value="READ_BACK" label="They read the value back, and it was right" mt={4} />
          <Radio value="NOT_REACHED" label="Nobody was reached" mt={4} />
        </Radio.Group>
        <Textarea label="Note" maxLength={300} autosize minRows={2} {...form.getInputProps("note")} />
        <FormError error={form.apiError} rest={form.otherFaults} />
        <Button type="submit" loading={form.isBusy}>
          Write down
        </Button>
      </form>
    </Dialog>
  );
}
