"use client";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { useMe } from "#lib/session/me.tsx";
import { askForPasskey, PasskeyError } from "#lib/session/passkey.ts";
import { useSignOut } from "#lib/session/use-sign-out.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { Cover } from "#ui/cover.tsx";
import { FormError } from "#ui/form-error.tsx";
import { Logo } from "#ui/logo.tsx";
import { CodeInput } from "./code-input.tsx";
import { useFactors, useProofOptions, useUnlock } from "./queries.ts";
import classes from "./sign-in.module.css";

/** Covers the screen of a person who is away. One factor opens it, and everything is where it was. */
export function LockScreen({ onDone }: { onDone: () => void }) {
  const { me } = useMe();
  const signOut = useSignOut();
  const unlock = useMutation(useUnlock());
  const options = useMutation(useProofOptions());
  const factors = useQuery(useFactors());
  const [byCode, setByCode] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useApiForm({ initialValues: { password: "", code: "" } });
  const openByPasskey = async () => {
    setRefusal(null);
    try {
      await unlock.mutateAsync({ passkey: await askForPasskey(await options.mutateAsync()) });
      onDone();
    } catch (error) {
      setRefusal(error instanceof PasskeyError ? error.message : apiError(error).title);
    }
  };
  return (
    <Cover title="The screen is locked">
      <p className={classes.brand}>
        <Logo /> Infirmary
      </p>
      <div className={classes.card}>
        <h2 className={classes.title}>The screen is locked</h2>
        <form
          className={classes.form}
          noValidate
          onSubmit={form.save(async ({ password, code }) => {
            await unlock.mutateAsync(byCode ? { code } : { password });
            onDone();
          })}
        >
          <p>
            <strong>{me.fullName}</strong>, your work is kept as you left it.
          </p>
          <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
          {byCode ? (
            <CodeInput key="code" autoFocus {...form.getInputProps("code")} />
          ) : (
            <PasswordInput
              key="password"
              label="Your password"
              autoComplete="current-password"
              maxLength={256}
              autoFocus
              visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
              {...form.getInputProps("password")}
            />
          )}
          {refusal && <p role="alert">{refusal}</p>}
          <FormError error={form.apiError} rest={form.otherFaults} />
          <Button
            type="submit"
            loading={form.isBusy}
            disabled={!(byCode ? form.values.code : form.values.password)}
            fullWidth
          >
            Unlock
          </Button>
          {(factors.data?.passkeys.length ?? 0) > 0 && (
            <Button variant="default" fullWidth onClick={() => void openByPasskey()}>
              Use a passkey
            </Button>
          )}
          <div className={classes.ways}>
            {factors.data?.totp && (
              <button type="button" className={classes.way} onClick={() => setByCode(!byCode)}>
                {byCode ? "Use the password" : "Use the authenticator app"}
              </button>
            )}
            <button type="button" className={classes.way} onClick={() => void signOut()}>
              Not you? Sign out
            </button>
          </div>
        </form>
      </div>
      <p className={classes.aside}>Signing out loses what was not saved on this screen.</p>
    </Cover>
  );
}
