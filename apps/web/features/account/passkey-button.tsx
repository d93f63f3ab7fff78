"use client";
import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { askForPasskey, PasskeyError } from "#lib/session/passkey.ts";
import { signIn } from "#lib/session/sign-in.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { makeTrpcClient } from "#lib/trpc/client.ts";
import type { ErrorInfo } from "#ui/error-state.tsx";

type Props = { onDone: () => void; onError: (error: ErrorInfo | null) => void; isDisabled?: boolean };

/** Signs in by a passkey of this device or key, without a name and a password. */
export function PasskeyButton({ onDone, onError, isDisabled = false }: Props) {
  const [isBusy, setIsBusy] = useState(false);
  const enter = async () => {
    setIsBusy(true);
    onError(null);
    try {
      const options = await makeTrpcClient().auth.passkeyOptions.mutate();
      const answer = await signIn({ passkey: JSON.stringify(await askForPasskey(options)) });
      if (answer.ok) return onDone();
      onError(answer);
    } catch (error) {
      onError(error instanceof PasskeyError ? { title: error.message } : apiError(error));
    }
    setIsBusy(false);
  };
  return (
    <Button
      variant="default"
      fullWidth
      loading={isBusy}
      disabled={isDisabled}
      leftSection={<IconKey size={16} aria-hidden="true" />}
      onClick={() => void enter()}
    >
      Sign in with a passkey
    </Button>
  );
}
