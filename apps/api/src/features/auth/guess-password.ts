import type { Platform } from "../../core/platform.ts";
import { guessInTurn, recordFailure, refuseWhenThrottled, type Subject } from "../throttle/index.ts";
import { verifyPassword } from "./password.ts";

/** Tries a password under the limits, which are asked again when its turn has come. */
export function guessPassword(
  platform: Platform,
  subjects: readonly Subject[],
  { passwordHash, password }: { passwordHash: string | null; password: string },
): Promise<boolean> {
  return guessInTurn(subjects, () =>
    verifyPassword(passwordHash, password, {
      before: () => refuseWhenThrottled(platform, subjects),
      failed: () => recordFailure(platform, subjects),
    }),
  );
}
