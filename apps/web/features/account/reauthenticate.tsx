"use client";
import { reauthenticateInput } from "@infirmary/shared/auth";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { useMe } from "#lib/session/me.tsx";
import { askForPasskey, PasskeyError } from "#lib/session/passkey.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import classes from "./account.module.css";
import { CodeInput } from "./code-input.tsx";
import { useFactors, useProofOptions, useReauthenticate } from "./queries.ts";

const inputOf = ({ password, code }: { password: string; code: string }) => (code ? { password, code } : { password });

/** Asks who is there before a sensitive step. Done, the step goes on by itself; closed, it is as if it had not been tried. */
export function Reauthenticate({ onDone }: { onDone: (isProved: boolean) => void }) {
  const { me } = useMe();
  const prove = useMutation(useReauthenticate());
  const factors = useQuery(useFactors());
  const hasPasskey = (factors.data?.passkeys.length ?? 0) > 0;
  const hasFactor = factors.data?.totp != null || hasPasskey;
  const options = useMutation(useProofOptions());
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const provePasskey = async () => {
    setIsAsking(true);
    setRefusal(null);
    try {
      await prove.mutateAsync({ passkey: await askForPasskey(await options.mutateAsync()) });
      onDone(true);
    } catch (error) {
      setRefusal(error instanceof PasskeyError ? error.message : apiError(error).title);
      setIsAsking(false);
    }
  };
  const form = useApiForm({
    initialValues: { password: "", code: "" },
    validate: faultsOf<{ password: string; code: string }>(reauthenticateInput, inputOf),
  });
  return (
    <Dialog title="Confirm that it is you" onClose={() => onDone(false)} size={420}>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.save(async (values) => {
          await prove.mutateAsync(inputOf(values));
          onDone(true);
        })}
      >
        <p>This step needs a fresh proof that it is {me.fullName} who takes it. What you entered is kept.</p>
        <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          maxLength={256}
          data-autofocus
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
          {...form.getInputProps("password")}
        />
        {hasPasskey && (
          <Button variant="default" loading={isAsking} onClick={() => void provePasskey()}>
            Use a passkey
          </Button>
        )}
        {refusal && <p role="alert">{refusal}</p>}
        {hasFactor && <CodeInput {...form.getInputProps("code")} />}
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            Confirm
          </Button>
          <Button variant="default" onClick={() => onDone(false)}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
