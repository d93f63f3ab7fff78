"use client";
import type { SignInChallenge } from "@infirmary/shared/factor";
import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { signInPath } from "#lib/session/return-path.ts";
import { signIn } from "#lib/session/sign-in.ts";
import { makeTrpcClient } from "#lib/trpc/client.ts";
import { Cover } from "#ui/cover.tsx";
import { type ErrorInfo, ErrorState } from "#ui/error-state.tsx";
import { Logo } from "#ui/logo.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { SecondStep } from "./second-step.tsx";
import classes from "./sign-in.module.css";

/** Covers a screen whose session is over. Signing in again, as the same person, goes on where the work was. */
export function SignInAgain({ onDone }: { onDone: () => void }) {
  const { me } = useMe();
  const [password, setPassword] = useState("");
  const [challenge, setChallenge] = useState<SignInChallenge | null>(null);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const leave = () => window.location.assign(signInPath(window.location.pathname + window.location.search));
  const enter = async () => {
    const now = await makeTrpcClient().auth.me.query();
    // A passkey may be somebody else's: nothing of the person before stays on the screen then.
    if (now.id === me.id && now.tenantId === me.tenantId) onDone();
    else window.location.assign("/");
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setError(null);
    const answer = await signIn({ username: me.username, password });
    setPassword("");
    setIsBusy(false);
    if (answer.ok) return enter();
    if (answer.challenge) setChallenge(answer.challenge);
    else setError(answer);
  };
  return (
    <Cover title="Your session has ended">
      <p className={classes.brand}>
        <Logo /> Infirmary
      </p>
      <div className={classes.card}>
        <h2 className={classes.title}>Your session has ended</h2>
        {challenge ? (
          <SecondStep challenge={challenge} onDone={() => void enter()} onBack={() => setChallenge(null)} />
        ) : (
          <form className={classes.form} onSubmit={submit} noValidate>
            <p>
              Sign in again as <strong>{me.username}</strong> to go on where you were. Nothing you typed is lost.
            </p>
            {error && <ErrorState error={error} isCompact />}
            <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
            <PasswordInput
              label="Password"
              autoComplete="current-password"
              maxLength={256}
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
            />
            <Button type="submit" loading={isBusy} disabled={!password} fullWidth>
              Sign in
            </Button>
            <PasskeyButton onDone={() => void enter()} onError={setError} />
          </form>
        )}
      </div>
      <p className={classes.aside}>
        <button type="button" className={classes.way} onClick={leave}>
          Sign in as somebody else
        </button>{" "}
        loses what was not saved on this screen.
      </p>
    </Cover>
  );
}
