import { type PasswordFault, passwordFault } from "@infirmary/shared/auth";
import { AppError } from "../../core/app-error.ts";
import type { Platform } from "../../core/platform.ts";

/**
 * Refuses a new password that is too short, among the commonest, made of what everybody knows of the person, or known from breaches. Says which field.
 * @throws AppError validation-failed
 */
export async function requireGoodPassword(
  { breachedPasswords }: Pick<Platform, "breachedPasswords">,
  { field, ...about }: { field: string } & PasswordFault,
): Promise<void> {
  const message =
    passwordFault(about) ??
    ((await breachedPasswords.has(about.password))
      ? "This password was found in a breach of some other service, so it is tried. Choose another."
      : null);
  if (message) throw new AppError("validation-failed", { errors: [{ path: field, message }] });
}
