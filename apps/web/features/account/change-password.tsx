"use client";
import { changePasswordInput } from "@infirmary/shared/auth";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { PasswordHint } from "#lib/form/password-hint.tsx";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { useMe } from "#lib/session/me.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./account.module.css";
import { useChangePassword, useFactors, useMySessionsKey } from "./queries.ts";

const show = { visibilityToggleButtonProps: { "aria-label": "Show the password" } };

/** A new password for the own account. Every other session of it ends; this one stays. */
export function ChangePassword() {
  const queries = useQueryClient();
  const queryKey = useMySessionsKey();
  const change = useMutation(useChangePassword());
  const { me } = useMe();
  const factors = useQuery(useFactors()).data;
  const hasFactor = factors != null && (factors.totp !== null || factors.passkeys.length > 0);
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
        description={
          <>
            <PasswordHint
              password={form.values.newPassword}
              names={[me.username, me.fullName, me.email]}
              hasFactor={hasFactor}
            />{" "}
            Your other sessions end.
          </>
        }
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
