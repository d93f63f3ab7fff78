import { z } from "zod";

/** The roles every tenant starts with. A tenant can change what they hold and add its own. */
export const roles = z.enum(["admin", "doctor", "nurse", "lab_technician", "billing_clerk", "privacy_officer"]);
export type Role = z.infer<typeof roles>;

/** What people call the built-in roles. */
export const roleNames: Record<Role, string> = {
  admin: "Administrator",
  doctor: "Doctor",
  nurse: "Nurse",
  lab_technician: "Lab technician",
  billing_clerk: "Billing clerk",
  privacy_officer: "Privacy officer",
};

/** The code of a role, built-in or a tenant's own. Compared exactly: no trimming, no folding of case. */
export const roleCode = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9_]{1,39}$/, "This is no code of a role.");
