"use client";
import { changePasswordInput } from "@infirmary/shared/auth";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./account.module.css";
import { useChangePassword, useMySessionsKey } from "./queries.ts";

const show = { visibilityToggleButtonProps: { "aria-label": "Show the password" } };

/** A new password for the own account. Every other session of it ends; this one stays. */
export function ChangePassword() {
  const queries = useQueryClient();
  const queryKey = useMySessionsKey();
  const change = useMutation(useChangePassword());
  const form = useApiForm({
    initialValues: { currentPassword: "", newPassword: "" },
    validate: faultsOf(changePasswordInput),
  });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.save(async (values) => {
        await change.mutateAsync(values);
        form.reset();
        say("The password is changed. Your other sessions have ended.");
        void queries.invalidateQueries({ queryKey });
      })}
    >
      <PasswordInput
        label="Present password"
        autoComplete="current-password"
        maxLength={256}
        {...show}
        {...form.getInputProps("currentPassword")}
      />
      <PasswordInput
        label="New password"
        description="At least 8 characters. Your other sessions end."
        autoComplete="new-password"
        maxLength={256}
        {...show}
        {...form.getInputProps("newPassword")}
      />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <Button type="submit" loading={form.isBusy} style={{ justifySelf: "start" }}>
        Change password
      </Button>
    </form>
  );
}
