"use client";
import { formatMrn, patientCreate } from "@infirmary/shared/patient";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { patientName } from "#lib/patient-name.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { DuplicateList } from "./duplicate-list.tsx";
import { DuplicatePanel, lookup } from "./duplicate-panel.tsx";
import { emptyDraft, inputOf, type PatientDraft, textFaults } from "./patient-draft.ts";
import { PatientFields } from "./patient-fields.tsx";
import classes from "./patient-form.module.css";
import { useCreatePatient, useDuplicates, usePatientKeys } from "./queries.ts";

const schemaFaults = faultsOf<PatientDraft>(patientCreate, inputOf);

/** Registers a patient. An exact match asks once more, with the people it matches in view. */
export function RegisterPatient() {
  const router = useRouter();
  const queries = useQueryClient();
  const keys = usePatientKeys();
  const create = useMutation(useCreatePatient());
  const form = useApiForm<PatientDraft>({
    initialValues: emptyDraft,
    validate: (draft) => ({ ...schemaFaults(draft), ...textFaults(draft) }),
  });
  const register = (acceptDuplicate: boolean) => async (draft: PatientDraft) => {
    const patient = await create.mutateAsync({ ...inputOf(draft), ...(acceptDuplicate ? { acceptDuplicate } : {}) });
    void queries.invalidateQueries({ queryKey: keys.all });
    say(`Registered ${patientName(patient)}, MRN ${formatMrn(patient.mrn)}.`);
    router.push(`/patients/${patient.id}`);
  };
  const isDuplicate = form.apiError?.code === "possible-duplicate";
  const found = useQuery({ ...useDuplicates(lookup(form.values)), enabled: isDuplicate });
  return (
    <div className={classes.page}>
      <form className={classes.form} noValidate onSubmit={form.save(register(false))}>
        <PatientFields form={form} />
        {!isDuplicate && <FormError error={form.apiError} rest={form.otherFaults} />}
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            Register patient
          </Button>
          <Button variant="default" onClick={() => router.back()}>
            Cancel
          </Button>
        </div>
      </form>
      <DuplicatePanel draft={form.values} />
      <ConfirmDialog
        isOpen={isDuplicate}
        title="A patient like this is registered already"
        confirmLabel="Register anyway"
        isBusy={form.isBusy}
        onConfirm={() => form.save(register(true))()}
        onClose={form.forgetError}
      >
        <p>
          Open the record and compare before registering the same person twice: two charts hide results from each other.
        </p>
        <DuplicateList duplicates={found.data?.items ?? []} />
      </ConfirmDialog>
    </div>
  );
}
