"use client";
import { TextInput } from "@mantine/core";
import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<typeof TextInput>, "label"> & {
  /** Whether a code from paper is asked for and not one of the app. */
  isRecovery?: boolean;
};

/** One field for a code: the app's six digits, or a recovery code. */
export function CodeInput({ isRecovery = false, ...props }: Props) {
  return (
    <TextInput
      label={isRecovery ? "Recovery code" : "Code from your authenticator app"}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      inputMode={isRecovery ? "text" : "numeric"}
      maxLength={40}
      {...props}
    />
  );
}
