import { z } from "zod";

/** The roles a person can hold at a facility. */
export const roles = z.enum(["admin", "doctor", "nurse", "lab_technician", "billing_clerk"]);
export type Role = z.infer<typeof roles>;

/** What people call the roles. */
export const roleNames: Record<Role, string> = {
  admin: "Administrator",
  doctor: "Doctor",
  nurse: "Nurse",
  lab_technician: "Lab technician",
  billing_clerk: "Billing clerk",
};
