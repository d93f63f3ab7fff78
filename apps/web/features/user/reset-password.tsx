"use client";
import { resetPasswordInput, type User } from "@infirmary/shared/user";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { PasswordHint } from "#lib/form/password-hint.tsx";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { useResetPassword, useUserKeys } from "./queries.ts";
import classes from "./user.module.css";

const faults = faultsOf<{ password: string }>(resetPasswordInput.omit({ id: true }));

/** Gives a person a new password; every session of theirs ends. */
export function ResetPassword({ person, onClose }: { person: User; onClose: () => void }) {
  const queries = useQueryClient();
  const { all } = useUserKeys();
  const reset = useMutation(useResetPassword());
  const form = useApiForm({ initialValues: { password: "" }, validate: faults });
  return (
    <Dialog title={`New password for ${person.fullName}`} onClose={onClose}>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.save(async ({ password }) => {
          await reset.mutateAsync({ id: person.id, password });
          void queries.invalidateQueries({ queryKey: all });
          say(`${person.fullName} has a new password and is signed out everywhere.`);
          onClose();
        })}
      >
        <PasswordInput
          label="New password"
          description={
            <>
              <PasswordHint password={form.values.password} names={[person.username, person.fullName, person.email]} />{" "}
              Tell it to the person yourself; it is not sent anywhere.
            </>
          }
          autoComplete="new-password"
          maxLength={256}
          data-autofocus
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
          {...form.getInputProps("password")}
        />
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            Set password
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
