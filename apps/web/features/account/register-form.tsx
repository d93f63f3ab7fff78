"use client";
import { registerInput } from "@infirmary/shared/auth";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { PasswordHint } from "#lib/form/password-hint.tsx";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { FormError } from "#ui/form-error.tsx";
import { useRegister } from "./queries.ts";
import classes from "./sign-in.module.css";

/** Asks for an account. It has no role and cannot sign in until an administrator approves it. */
export function RegisterForm() {
  const register = useMutation(useRegister());
  const [isDone, setIsDone] = useState(false);
  const form = useApiForm({
    initialValues: { fullName: "", email: "", username: "", password: "" },
    validate: faultsOf(registerInput),
  });
  if (isDone) {
    return (
      <p role="status">
        Your request has been sent. An administrator has to approve it and choose your roles; then you can sign in as{" "}
        <strong>{form.values.username.trim().toLowerCase()}</strong>.
      </p>
    );
  }
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.save(async (values) => {
        await register.mutateAsync(values);
        setIsDone(true);
      })}
    >
      <TextInput label="Full name" autoComplete="name" autoFocus maxLength={120} {...form.getInputProps("fullName")} />
      <TextInput label="E-mail" type="email" autoComplete="email" maxLength={254} {...form.getInputProps("email")} />
      <TextInput
        label="User name"
        description="3 to 64 letters, digits, dots, dashes or underscores."
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        {...form.getInputProps("username")}
      />
      <PasswordInput
        label="Password"
        description={
          <PasswordHint
            password={form.values.password}
            names={[form.values.username, form.values.fullName, form.values.email]}
          />
        }
        autoComplete="new-password"
        maxLength={256}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        {...form.getInputProps("password")}
      />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <Button type="submit" loading={form.isBusy} fullWidth>
        Ask for the account
      </Button>
    </form>
  );
}
