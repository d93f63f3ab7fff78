"use client";
import { newPassword } from "@infirmary/shared/auth";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { z } from "zod";
import { faultsOf } from "#lib/form/faults-of.ts";
import { PasswordHint } from "#lib/form/password-hint.tsx";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { FormError } from "#ui/form-error.tsx";
import { useConfirmReset } from "./queries.ts";
import classes from "./sign-in.module.css";

const fields = z.strictObject({ password: newPassword });

/** What the page says: to who forgot the password, and to who never had one. */
const words = {
  reset: {
    done: "Your new password is set, and you are signed out everywhere.",
    hint: "You are signed out everywhere.",
    again: "Ask for a new link",
  },
  invitation: { done: "Your password is set.", hint: "", again: "Ask for a new link" },
};

/** A password under the token behind the `#` of a mailed link, which no server sees; it leaves the address at once. */
export function ResetForm({ purpose }: { purpose: keyof typeof words }) {
  const { done, hint, again } = words[purpose];
  const confirm = useMutation(useConfirmReset());
  const [token, setToken] = useState<string | null>(null);
  const [isDone, setIsDone] = useState(false);
  const form = useApiForm({ initialValues: { password: "" }, validate: faultsOf(fields) });
  useEffect(() => {
    const take = () => {
      const inAddress = window.location.hash.slice(1);
      setToken((known) => inAddress || known || "");
      if (inAddress) window.history.replaceState(null, "", window.location.pathname);
    };
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  if (token === null) return null;
  if (isDone) {
    return (
      <p role="status">
        {done} <Link href="/sign-in">Sign in</Link>
      </p>
    );
  }
  if (!token || form.apiError?.code === "reset-link-void") {
    return (
      <div role="alert" className={classes.form}>
        <p>
          <strong>{form.apiError?.title ?? "This address is not complete. Open the link in the mail as it is."}</strong>
        </p>
        <p>
          <Link href="/forgot-password">{again}</Link>
        </p>
      </div>
    );
  }
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.save(async ({ password }) => {
        await confirm.mutateAsync({ token, password });
        setIsDone(true);
      })}
    >
      <PasswordInput
        label="New password"
        description={
          <>
            <PasswordHint password={form.values.password} /> {hint}
          </>
        }
        autoComplete="new-password"
        autoFocus
        maxLength={256}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        {...form.getInputProps("password")}
      />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <Button type="submit" loading={form.isBusy} fullWidth>
        Set the password
      </Button>
    </form>
  );
}
