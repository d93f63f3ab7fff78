import type { Role } from "./role.ts";

/** Every permission there is, and what it lets a person do. The API enforces it, the portal hides what it forbids. */
export const permissions = {
  "patient.read": "See patients and search for them",
  "patient.write": "Register patients and change their details",
  "patient.delete": "Remove a patient record (it is kept, hidden)",
  "patient.ssn.reveal": "See a national identifier in full, with a reason",
  "order.read": "See lab orders",
  "order.create": "Order lab tests",
  "order.process": "Start and complete lab orders",
  "order.review": "Sign off results",
  "order.cancel": "Cancel lab orders",
  "order.volume": "See how many tests were done, without patients",
  "result.read": "See results",
  "result.upload": "File results from HL7 messages",
  "hl7.validate": "Check HL7 messages without filing them",
  "catalog.read": "See the catalogue of tests",
  "encounter.read": "See visits and vital signs",
  "encounter.write": "Plan visits and cancel them",
  "encounter.check-in": "Check patients in",
  "encounter.consult": "Start a consultation, write assessment and plan, close the visit",
  "encounter.override": "Close a visit although something is open, with a reason",
  "diagnosis.write": "Write diagnoses and problems",
  "allergy.write": "Write allergies, or that none is known",
  "vitals.record": "Record vital signs",
  "vitals.scale": "Choose the oxygen saturation scale of a patient",
  "user.manage": "Create, change and deactivate people, end their sessions",
  "policy.manage": "Set what signing in asks of people",
  "audit.read": "Read and export the audit log",
} as const;
export type Permission = keyof typeof permissions;

/** Which role holds which permission. A role or permission that is not here is denied. */
export const grants: Record<Role, readonly Permission[]> = {
  admin: [
    "patient.read",
    "patient.write",
    "patient.delete",
    "patient.ssn.reveal",
    "order.read",
    "hl7.validate",
    "catalog.read",
    "user.manage",
    "policy.manage",
    "audit.read",
    "order.volume",
  ],
  doctor: [
    "patient.read",
    "patient.write",
    "patient.ssn.reveal",
    "order.read",
    "order.create",
    "order.review",
    "order.cancel",
    "result.read",
    "catalog.read",
    "encounter.read",
    "encounter.write",
    "encounter.check-in",
    "encounter.consult",
    "encounter.override",
    "diagnosis.write",
    "allergy.write",
    "vitals.record",
    "vitals.scale",
  ],
  nurse: [
    "patient.read",
    "patient.write",
    "order.read",
    "result.read",
    "catalog.read",
    "encounter.read",
    "encounter.write",
    "encounter.check-in",
    "allergy.write",
    "vitals.record",
  ],
  lab_technician: [
    "patient.read",
    "order.read",
    "order.process",
    "result.read",
    "result.upload",
    "hl7.validate",
    "catalog.read",
  ],
  billing_clerk: ["order.volume", "catalog.read"],
};

/** Whether any of the roles holds the permission. Unknown roles and permissions are denied. */
export function can(held: readonly Role[], permission: Permission): boolean {
  return held.some((role) => grants[role]?.includes(permission) ?? false);
}
