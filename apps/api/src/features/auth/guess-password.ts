import type { Platform } from "../../core/platform.ts";
import { attempt, type Subject } from "../throttle/index.ts";
import { inHashTurn, verifyPassword } from "./password.ts";

/** Tries a password under the limits, which are asked when its turn to be hashed has come. */
export function guessPassword(
  platform: Platform,
  subjects: readonly Subject[],
  { passwordHash, password }: { passwordHash: string | null; password: string },
): Promise<boolean> {
  return inHashTurn(() => attempt(platform, subjects, () => verifyPassword(passwordHash, password)));
}
