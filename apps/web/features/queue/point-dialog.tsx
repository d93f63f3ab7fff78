"use client";
import { type ServicePoint, servicePointAdd } from "@infirmary/shared/queue";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { useAddPoint, useFreshQueue, useSavePoint } from "./queries.ts";
import classes from "./queue.module.css";

type Draft = { code: string; name: string; isActive: boolean };

/** Adds a service point, renames it or takes it out of use. */
export function PointDialog({ point, onClose }: { point: ServicePoint | null; onClose: () => void }) {
  const add = useMutation(useAddPoint());
  const change = useMutation(useSavePoint());
  const refresh = useFreshQueue();
  const form = useApiForm<Draft>({
    initialValues: { code: point?.code ?? "", name: point?.name ?? "", isActive: point?.isActive ?? true },
    validate: faultsOf<Draft>(servicePointAdd, ({ code, name }) => ({ code, name })),
  });
  const save = async ({ code, name, isActive }: Draft) => {
    try {
      if (point) await change.mutateAsync({ id: point.id, version: point.version, code, name, isActive });
      else await add.mutateAsync({ code, name });
      say(`Saved ${name}.`);
      onClose();
    } finally {
      void refresh();
    }
  };
  return (
    <Dialog title={point ? `Change ${point.name}` : "New service point"} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={form.save(save)}>
        <TextInput label="Name" maxLength={60} autoComplete="off" data-autofocus {...form.getInputProps("name")} />
        <TextInput
          label="Code"
          description="One or two capital letters."
          maxLength={2}
          autoComplete="off"
          {...form.getInputProps("code")}
        />
        {point && <Checkbox label="In use" {...form.getInputProps("isActive", { type: "checkbox" })} />}
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={form.isBusy}>
            {point ? "Save changes" : "Add service point"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
