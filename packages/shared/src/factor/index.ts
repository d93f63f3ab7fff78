import { z } from "zod";
import { passkeyItem } from "./passkey.ts";

export * from "./passkey.ts";

/** What can follow a password: an app's code, a code from paper, a passkey. */
export const factorMethod = z.enum(["totp", "recovery-code", "passkey"]);
export type FactorMethod = z.infer<typeof factorMethod>;

/** A code as typed: six digits of an app, or a recovery code; spaces and dashes do not count. */
export const factorCode = z.string().min(1, "Required.").max(40);

/** Whether the code typed can only be one of an authenticator app. */
export const isAppCode = (code: string) => /^\d{6}$/.test(code.replace(/[\s-]/g, ""));

/** What comes instead of a session where a second factor is still to come. */
export const signInChallenge = z.object({
  token: z.string(),
  methods: z.array(factorMethod),
  expiresAt: z.string(),
});
export type SignInChallenge = z.infer<typeof signInChallenge>;

/** The factors a person has beside the password. */
export const factors = z.object({
  totp: z.object({ since: z.string() }).nullable(),
  passkeys: z.array(passkeyItem),
  recoveryCodesLeft: z.number(),
  /** Whether the organisation asks this person for a second factor. */
  isRequired: z.boolean(),
});
export type Factors = z.infer<typeof factors>;

/** The seed of an authenticator app: for the camera (`uri`), and for typing (`secret`, base32). */
export const totpSetup = z.object({ secret: z.string(), uri: z.string() });

/** Codes to keep on paper, shown once; null where the person has some already. */
export const recoveryCodes = z.object({ codes: z.array(z.string()).nullable() });
