import { z } from "zod";
import { text } from "../core/field.ts";

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]*$/, "Use base64url.");

/** What a browser answers when a passkey was made (WebAuthn RegistrationResponseJSON, what of it is used). */
export const passkeyRegistration = z.strictObject({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal("public-key"),
  clientExtensionResults: z.strictObject({}),
  response: z.strictObject({
    clientDataJSON: base64url(8192),
    attestationObject: base64url(32_768),
    transports: z.array(z.string().max(32)).max(10),
  }),
});
export type PasskeyRegistration = z.infer<typeof passkeyRegistration>;

/** What a browser answers when a passkey was used (WebAuthn AuthenticationResponseJSON, what of it is used). */
export const passkeyAnswer = z.strictObject({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal("public-key"),
  clientExtensionResults: z.strictObject({}),
  response: z.strictObject({
    clientDataJSON: base64url(8192),
    authenticatorData: base64url(8192),
    signature: base64url(4096),
    userHandle: base64url(128).optional(),
  }),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;

/** Options for the browser's own passkey calls, handed through as the standard has them. */
export const passkeyOptions = z.record(z.string(), z.unknown());

/** What the person calls a passkey: "Work laptop". */
export const passkeyName = text(60);

export const passkeyItem = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** Whether the key is synchronised between devices by its maker. */
  isBackedUp: z.boolean(),
});
export type PasskeyItem = z.infer<typeof passkeyItem>;
