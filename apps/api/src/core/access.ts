import { type Permission, permissions } from "@infirmary/shared/access";
import { AppError } from "./app-error.ts";

/** The refusal of somebody whose roles do not hold the permission, saying which it is. */
export function notAllowed(permission: Permission): AppError {
  return new AppError("not-allowed", {
    detail: `This needs the permission "${permissions[permission]}" (${permission}).`,
  });
}
