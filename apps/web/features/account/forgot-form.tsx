"use client";
import { requestResetInput } from "@infirmary/shared/auth";
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { FormError } from "#ui/form-error.tsx";
import { useRequestReset } from "./queries.ts";
import classes from "./sign-in.module.css";

/** Asks for a link that sets a new password. The answer does not say whether there is such an account. */
export function ForgotForm() {
  const request = useMutation(useRequestReset());
  const [isDone, setIsDone] = useState(false);
  const form = useApiForm({ initialValues: { login: "" }, validate: faultsOf(requestResetInput) });
  if (isDone) {
    return (
      <div role="status" className={classes.form}>
        <p>
          <strong>If the account exists, a mail is on its way.</strong>
        </p>
        <p>The link in it is good for 30 minutes and for one time. Without a mail, ask an administrator.</p>
      </div>
    );
  }
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.save(async (values) => {
        await request.mutateAsync(values);
        setIsDone(true);
      })}
    >
      <TextInput
        label="User name or e-mail"
        description="We send a link that sets a new password. Until you use it, the old one stays."
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        maxLength={254}
        {...form.getInputProps("login")}
      />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <Button type="submit" loading={form.isBusy} fullWidth>
        Send the link
      </Button>
    </form>
  );
}
