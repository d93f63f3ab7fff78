"use client";
import { displayAdd } from "@infirmary/shared/queue";
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { useAddDisplay, useFreshQueue } from "./queries.ts";
import classes from "./queue.module.css";

type Props = { onClose: () => void; onMade: (token: string) => void };

/** Makes the link of a waiting-room screen. */
export function DisplayDialog({ onClose, onMade }: Props) {
  const add = useMutation(useAddDisplay());
  const refresh = useFreshQueue();
  const form = useApiForm({ initialValues: { name: "" }, validate: faultsOf<{ name: string }>(displayAdd) });
  const save = async (draft: { name: string }) => {
    const { token } = await add.mutateAsync(draft);
    onMade(token);
    void refresh();
    onClose();
  };
  return (
    <Dialog title="New screen" onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={form.save(save)}>
        <TextInput
          label="Name"
          placeholder="Waiting room, ground floor"
          maxLength={60}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={form.isBusy}>
            Make link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
