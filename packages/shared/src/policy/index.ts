import { z } from "zod";

/** What an organisation asks of signing in. */
export const signInPolicy = z.object({
  /** Administrators without a second factor can do nothing but set one up. */
  adminsNeedFactor: z.boolean(),
  version: z.number(),
});
export type SignInPolicy = z.infer<typeof signInPolicy>;

export const signInPolicyUpdate = z.strictObject({
  version: z.number().int().min(0).max(2_000_000_000),
  adminsNeedFactor: z.boolean(),
});
