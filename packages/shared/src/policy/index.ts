import { z } from "zod";

/** What an organisation asks of signing in. */
export const signInPolicy = z.object({
  /** Administrators without a second factor can do nothing but set one up. */
  adminsNeedFactor: z.boolean(),
  /** After how long without an action a screen locks, minutes. */
  idleLockMinutes: z.number(),
  version: z.number(),
});
export type SignInPolicy = z.infer<typeof signInPolicy>;

export const signInPolicyUpdate = z.strictObject({
  version: z.number().int().min(0).max(2_000_000_000),
  adminsNeedFactor: z.boolean(),
  idleLockMinutes: z.number().int("Use whole minutes.").min(1, "Use 1 to 60 minutes.").max(60, "Use 1 to 60 minutes."),
});
