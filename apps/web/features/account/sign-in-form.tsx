"use client";
import type { SignInChallenge } from "@infirmary/shared/factor";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { safeReturnPath } from "#lib/session/return-path.ts";
import { signIn } from "#lib/session/sign-in.ts";
import { type ErrorInfo, ErrorState } from "#ui/error-state.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { SecondStep } from "./second-step.tsx";
import classes from "./sign-in.module.css";

/** User name and password, then the second factor of who has one. A refusal keeps the user name, empties the password and leaves the cursor in it. */
export function SignInForm({ returnTo }: { returnTo: string | undefined }) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<ErrorInfo | null>(null);
  const [challenge, setChallenge] = useState<SignInChallenge | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [hasCapsLock, setHasCapsLock] = useState(false);
  // Until the script runs, the browser would send the password in the address.
  const [isReady, setIsReady] = useState(false);
  const passwordRef = useRef<HTMLInputElement>(null);
  useEffect(() => setIsReady(true), []);

  // A full load, not a change of route: no screen of the person before may be left in memory.
  const enter = () => window.location.assign(safeReturnPath(returnTo));
  const startOver = () => {
    setChallenge(null);
    setPassword("");
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setError(null);
    const answer = await signIn({ username: username.trim(), password });
    if (answer.ok) return enter();
    setIsBusy(false);
    if (answer.challenge) return setChallenge(answer.challenge);
    setError({ title: answer.title, detail: answer.detail });
    setPassword("");
    passwordRef.current?.focus();
  };
  const watchCapsLock = (event: KeyboardEvent) => setHasCapsLock(event.getModifierState("CapsLock"));

  if (challenge) return <SecondStep challenge={challenge} onDone={enter} onBack={startOver} />;
  return (
    <form className={classes.form} onSubmit={submit} method="post" noValidate>
      {error && <ErrorState error={error} isCompact />}
      <TextInput
        label="User name"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        maxLength={64}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        ref={passwordRef}
        label="Password"
        name="password"
        autoComplete="current-password"
        maxLength={256}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        onKeyDown={watchCapsLock}
        onKeyUp={watchCapsLock}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      <p role="status" className={classes.caps}>
        {hasCapsLock ? "Caps Lock is on." : ""}
      </p>
      <Button type="submit" loading={isBusy} disabled={!isReady || !username.trim() || !password} fullWidth>
        Sign in
      </Button>
      <PasskeyButton onDone={enter} onError={setError} isDisabled={!isReady} />
    </form>
  );
}
