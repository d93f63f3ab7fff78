"use client";
import { formatMrn, type PatientDuplicate, patientCreate } from "@infirmary/shared/patient";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { patientName } from "#lib/patient-name.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { DuplicateList } from "./duplicate-list.tsx";
import { DuplicatePanel } from "./duplicate-panel.tsx";
import { emptyDraft, inputOf, type PatientDraft, textFaults } from "./patient-draft.ts";
import { PatientFields } from "./patient-fields.tsx";
import classes from "./patient-form.module.css";
import { useCreatePatient, usePatientKeys } from "./queries.ts";
import { useTwins } from "./use-twins.ts";

const schemaFaults = faultsOf<PatientDraft>(patientCreate, inputOf);

/** Registers a patient. One who seems to be registered already is asked about once more, with the record in view. */
export function RegisterPatient() {
  const router = useRouter();
  const queries = useQueryClient();
  const keys = usePatientKeys();
  const create = useMutation(useCreatePatient());
  const findTwins = useTwins();
  const [twins, setTwins] = useState<readonly PatientDuplicate[] | null>(null);
  const form = useApiForm<PatientDraft>({
    initialValues: emptyDraft,
    validate: (draft) => ({ ...schemaFaults(draft), ...textFaults(draft) }),
  });
  const register = async (draft: PatientDraft, acceptDuplicate: boolean) => {
    const patient = await create.mutateAsync({ ...inputOf(draft), ...(acceptDuplicate ? { acceptDuplicate } : {}) });
    void queries.invalidateQueries({ queryKey: keys.all });
    say(`Registered ${patientName(patient)}, MRN ${formatMrn(patient.mrn)}.`);
    router.push(`/patients/${patient.id}`);
  };
  const tryToRegister = async (draft: PatientDraft) => {
    const found = await findTwins(draft);
    if (found.length > 0) return setTwins(found);
    await register(draft, false);
  };
  // The API found one that the look-up did not: somebody registered the person in between.
  const isRefused = form.apiError?.code === "possible-duplicate" && twins === null;
  const close = () => {
    setTwins(null);
    form.forgetError();
  };
  return (
    <div className={classes.page}>
      <form className={classes.form} noValidate onSubmit={form.save(tryToRegister)}>
        <PatientFields form={form} />
        {!isRefused && twins === null && <FormError error={form.apiError} rest={form.otherFaults} />}
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            Register patient
          </Button>
          <Button variant="default" onClick={() => router.push("/patients")}>
            Cancel
          </Button>
        </div>
      </form>
      <DuplicatePanel draft={form.values} />
      <ConfirmDialog
        isOpen={twins !== null || isRefused}
        title="This person seems to be registered already"
        confirmLabel="Register anyway"
        isBusy={form.isBusy}
        error={isRefused || twins === null ? null : form.apiError}
        onConfirm={form.save((draft) => register(draft, true))}
        onClose={close}
      >
        <p>
          Open the record and compare before registering the same person twice: two charts hide results from each other.
        </p>
        {twins && <DuplicateList duplicates={twins} />}
        {isRefused && <p>{[form.apiError?.detail, ...form.otherFaults].filter(Boolean).join(" ")}</p>}
      </ConfirmDialog>
    </div>
  );
}
