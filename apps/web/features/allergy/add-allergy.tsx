"use client";
import { allergyCreate, type Severity, severities, severityNames } from "@infirmary/shared/allergy";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./allergy.module.css";
import { useAddAllergy, useAllergiesChanged } from "./queries.ts";

type Draft = { substance: string; severity: Severity; reaction: string };
const schemaFaults = faultsOf<Draft>(allergyCreate.omit({ patientId: true }));

/** One thing a patient does not tolerate. */
export function AddAllergy({ patientId, onDone }: { patientId: string; onDone: () => void }) {
  const add = useMutation(useAddAllergy());
  const changed = useAllergiesChanged(patientId);
  const form = useApiForm<Draft>({
    initialValues: { substance: "", severity: "unknown", reaction: "" },
    validate: schemaFaults,
  });
  const save = async (draft: Draft) => {
    changed(await add.mutateAsync({ patientId, ...draft }));
    say(`Allergy added: ${draft.substance.trim()}.`);
    onDone();
  };
  return (
    <form className={classes.form} noValidate onSubmit={form.save(save)}>
      <TextInput
        label="Substance"
        placeholder="Penicillin"
        autoFocus
        maxLength={100}
        {...form.getInputProps("substance")}
      />
      <NativeSelect
        label="Severity"
        data={severities.options.map((value) => ({ value, label: severityNames[value] }))}
        {...form.getInputProps("severity")}
      />
      <TextInput label="Reaction (optional)" maxLength={500} {...form.getInputProps("reaction")} />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <div className={classes.actions}>
        <Button type="submit" size="compact-sm" loading={form.isBusy}>
          Add allergy
        </Button>
        <Button size="compact-sm" variant="default" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
