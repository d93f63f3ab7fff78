import { z } from "zod";
import { permissionCodes } from "../access/permission.ts";
import { text } from "../core/field.ts";
import { facility } from "../facility/index.ts";
import { factorCode, passkeyAnswer } from "../factor/index.ts";
import { passwordMin } from "./password-fault.ts";

export { type PasswordFault, passwordFault, passwordMin } from "./password-fault.ts";

/** A login name: 3-64 characters, lower case, unique over the installation. */
export const username = z
  .string()
  .max(64)
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,63}$/, "Use 3 to 64 letters, digits, dots, dashes or underscores.");

/** A new password: at most 256 bytes, looked at before any work is done; how long at least, `passwordFault` says. */
export const newPassword = z
  .string()
  .max(256, "Use at most 256 bytes.")
  .refine((value) => new TextEncoder().encode(value).length <= 256, "Use at most 256 bytes.")
  .refine((value) => value.length >= passwordMin.withFactor, `Use at least ${passwordMin.withFactor} characters.`);

export const loginInput = z.strictObject({
  username: z.string().min(1, "Required.").max(64),
  password: z.string().min(1, "Required.").max(256),
});
/** The answer to a sign-in's challenge. */
export const verifyLoginInput = z.strictObject({
  challenge: z.string().min(1, "Required.").max(200),
  code: factorCode,
});
export const registerInput = z.strictObject({
  username,
  password: newPassword,
  fullName: text(120),
  email: z.email("Use a valid e-mail address.").max(254),
});
export const refreshInput = z.strictObject({ refresh: z.string().min(1, "Required.").max(200) });

/** Who forgot the password: a user name, or the e-mail of the account. */
export const requestResetInput = z.strictObject({ login: text(254) });
/** A new password under the token of a one-time link. */
export const confirmResetInput = z.strictObject({
  token: z.string().min(1, "Required.").max(200),
  password: newPassword,
});

/** A facility a person works at, and what as there. */
export const workplace = facility.extend({ roles: z.array(z.string()), roleNames: z.array(z.string()) });
export type Workplace = z.infer<typeof workplace>;

/** Who is signed in. Roles and permissions are those held at `facility`, where the person works now. */
export const me = z.object({
  id: z.string(),
  username: z.string(),
  fullName: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  roleNames: z.array(z.string()),
  permissions: z.array(z.enum(permissionCodes)),
  tenantId: z.string(),
  tenantName: z.string(),
  facility,
  /** All the person's facilities, the present one first. */
  facilities: z.array(workplace),
  /** Whether setting up a second factor is all this person can do. */
  needsFactor: z.boolean(),
  /** Whether the screen is locked: nothing of a patient is answered until it is opened. */
  isLocked: z.boolean(),
});
export type Me = z.infer<typeof me>;

export const tokens = z.object({ access: z.string(), refresh: z.string() });
export const loginOutput = tokens.extend({ user: me });

/** Changing one's own password ends every other session of the account. */
export const changePasswordInput = z.strictObject({
  currentPassword: z.string().min(1, "Required.").max(256),
  newPassword,
});

/** Proving again who one is, for a sensitive step. */
export const reauthenticateInput = z.union([
  z.strictObject({
    password: z.string().min(1, "Required.").max(256),
    /** Of the second factor, where the person has one. */
    code: factorCode.optional(),
  }),
  /** A passkey, asked for with `factor.proofOptions`. */
  z.strictObject({ passkey: passkeyAnswer }),
]);

/** What opens a locked screen: one factor of the person whose screen it is. */
export const unlockInput = z.union([
  z.strictObject({ password: z.string().min(1, "Required.").max(256) }),
  z.strictObject({ code: factorCode }),
  z.strictObject({ passkey: passkeyAnswer }),
]);

/** Whether a screen is locked, and when it will be if nobody does anything; null for a session without a screen. */
export const lockState = z.object({ isLocked: z.boolean(), locksAt: z.string().nullable() });

/** A place where the account is signed in. */
export const sessionItem = z.object({
  id: z.string(),
  kind: z.enum(["BROWSER", "TOKEN"]),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** What proved who it was: `password`, `password+totp`, `password+recovery-code`, `passkey`. */
  proof: z.string(),
  isLocked: z.boolean(),
  expiresAt: z.string(),
  isCurrent: z.boolean(),
});
export type SessionItem = z.infer<typeof sessionItem>;
