import { type PasswordFault, passwordFault } from "@infirmary/shared/auth";
import { AppError } from "../../core/app-error.ts";

/**
 * Refuses a new password that is too short, among the commonest, or made of what everybody knows of the person. Says which field.
 * @throws AppError validation-failed
 */
export function requireGoodPassword({ field, ...about }: { field: string } & PasswordFault): void {
  const message = passwordFault(about);
  if (message) throw new AppError("validation-failed", { errors: [{ path: field, message }] });
}
