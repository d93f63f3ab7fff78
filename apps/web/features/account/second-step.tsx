"use client";
import type { SignInChallenge } from "@infirmary/shared/factor";
import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { signIn } from "#lib/session/sign-in.ts";
import { type ErrorInfo, ErrorState } from "#ui/error-state.tsx";
import { CodeInput } from "./code-input.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import classes from "./sign-in.module.css";

type Props = { challenge: SignInChallenge; onDone: () => void; onBack: () => void };

/** After the password: the code of the app, one from paper, or a passkey. */
export function SecondStep({ challenge, onDone, onBack }: Props) {
  const takesCode = challenge.methods.some((method) => method !== "passkey");
  const hasApp = challenge.methods.includes("totp");
  const [isRecovery, setIsRecovery] = useState(!hasApp);
  const [code, setCode] = useState("");
  const [error, setError] = useState<ErrorInfo | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setError(null);
    const answer = await signIn({ challenge: challenge.token, code });
    if (answer.ok) return onDone();
    setIsBusy(false);
    setCode("");
    setError(answer);
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {error && <ErrorState error={error} isCompact />}
      {takesCode && (
        <>
          <CodeInput
            key={String(isRecovery)}
            isRecovery={isRecovery}
            name="code"
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" loading={isBusy} disabled={!code.trim()} fullWidth>
            Sign in
          </Button>
        </>
      )}
      {challenge.methods.includes("passkey") && <PasskeyButton onDone={onDone} onError={setError} />}
      <div className={classes.ways}>
        {hasApp && challenge.methods.includes("recovery-code") && (
          <button type="button" className={classes.way} onClick={() => setIsRecovery(!isRecovery)}>
            {isRecovery ? "Use the authenticator app" : "Use a recovery code"}
          </button>
        )}
        <button type="button" className={classes.way} onClick={onBack}>
          Start over
        </button>
      </div>
    </form>
  );
}
