"use client";
import { type Patient, patientUpdate } from "@infirmary/shared/patient";
import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { patientName } from "#lib/patient-name.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { changesOf, draftOf, inputOf, type PatientDraft, rebase, textFaults } from "./patient-draft.ts";
import { PatientFields } from "./patient-fields.tsx";
import classes from "./patient-form.module.css";
import { usePatientKeys, useUpdatePatient } from "./queries.ts";
import { StaleDialog } from "./stale-dialog.tsx";

const schemaFaults = faultsOf<PatientDraft>(patientUpdate.omit({ id: true, version: true }), inputOf);

/** Changes a patient's details. If somebody saved in between, both versions are shown before anything is written. */
export function EditPatient({ patient }: { patient: Patient }) {
  const router = useRouter();
  const queries = useQueryClient();
  const keys = usePatientKeys();
  const update = useMutation(useUpdatePatient());
  // The record the form started from; live updates of the record must not change what is being typed.
  const [base, setBase] = useState(patient);
  const [current, setCurrent] = useState<Patient | null>(null);
  const [removeSsn, setRemoveSsn] = useState(false);
  const form = useApiForm<PatientDraft>({
    initialValues: draftOf(patient),
    validate: (draft) => ({ ...schemaFaults(draft), ...textFaults(draft) }),
  });
  const chart = `/patients/${patient.id}`;

  const save = async (draft: PatientDraft) => {
    try {
      const changes = changesOf(base, draft, removeSsn);
      if (Object.keys(changes).length > 0) {
        const saved = await update.mutateAsync({ id: base.id, version: base.version, ...changes });
        queries.setQueryData(keys.get(saved.id), saved);
        void queries.invalidateQueries({ queryKey: keys.all });
        say(`Saved the details of ${patientName(saved)}.`);
      }
      router.push(chart);
    } catch (error) {
      const answered = apiError(error);
      if (answered.code === "stale-version" && answered.current) setCurrent(answered.current as Patient);
      throw error;
    }
  };
  const carryOver = (draft: PatientDraft, onto: Patient) => {
    setBase(onto);
    setCurrent(null);
    form.forgetError();
    form.setValues(draft);
  };

  return (
    <form className={classes.form} noValidate onSubmit={form.save(save)}>
      <PatientFields
        form={form}
        isSsnOff={removeSsn}
        ssnHint={base.ssn ? `On record: ${base.ssn}. Leave empty to keep it.` : undefined}
      />
      {base.ssn && (
        <Checkbox
          label="Remove the national identifier from the record"
          checked={removeSsn}
          onChange={(event) => setRemoveSsn(event.currentTarget.checked)}
        />
      )}
      {!current && <FormError error={form.apiError} rest={form.otherFaults} />}
      <div className={classes.actions}>
        <Button type="submit" loading={form.isBusy}>
          Save details
        </Button>
        <Button variant="default" onClick={() => router.push(chart)}>
          Cancel
        </Button>
      </div>
      {current && (
        <StaleDialog
          base={base}
          current={current}
          draft={form.values}
          onKeepMine={() => carryOver(rebase(base, current, form.values), current)}
          onTakeTheirs={() => carryOver(draftOf(current), current)}
          onClose={() => setCurrent(null)}
        />
      )}
    </form>
  );
}
