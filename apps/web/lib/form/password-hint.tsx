"use client";
import { passwordFault, passwordMin } from "@infirmary/shared/auth";

type Props = { password: string; names?: readonly string[]; hasFactor?: boolean };

/** What a new password still lacks, while it is typed; the API says the same. */
export function PasswordHint({ password, names = [], hasFactor = false }: Props) {
  const min = hasFactor ? passwordMin.withFactor : passwordMin.alone;
  if (!password) return <>At least {min} characters. A few words are easiest to remember.</>;
  const fault = passwordFault({ password, names, hasFactor });
  const length = [...password].length;
  if (fault && length < min) return <>{`${min - length} more ${min - length === 1 ? "character" : "characters"}.`}</>;
  return <>{fault ?? "Good: long enough, and not among those tried first."}</>;
}
