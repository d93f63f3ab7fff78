import { z } from "zod";
import type { Role } from "./role.ts";

/** Every permission there is, and what it lets a person do. The API enforces it, the portal hides what it forbids. */
export const permissions = {
  "patient.read": "See patients and search for them",
  "patient.write": "Register patients and change their details",
  "patient.delete": "Remove a patient record (it is kept, hidden)",
  "patient.break-glass": "Open a patient's record out of scope in an emergency, for an hour",
  "patient.ssn.reveal": "See a national identifier in full, with a reason",
  "order.read": "See lab orders",
  "order.create": "Order lab tests",
  "order.process": "Start and complete lab orders",
  "order.review": "Sign off results",
  "order.cancel": "Cancel lab orders",
  "order.volume": "See how many tests were done, without patients",
  "result.read": "See results",
  "result.upload": "File results from HL7 messages",
  "result.enter": "Enter and correct results at the bench",
  "result.verify": "Verify and release results that somebody else entered",
  "specimen.read": "See specimens and their history",
  "specimen.collect": "Collect specimens and print their labels",
  "specimen.process": "Receive, reject, divide, store and discard specimens",
  "hl7.validate": "Check HL7 messages without filing them",
  "catalog.read": "See the catalogue of tests",
  "catalog.manage": "Change tests, their ranges, limits and targets",
  "appointment.read": "See appointments and free times",
  "appointment.write": "Book, move and cancel appointments",
  "appointment.hours": "Set when doctors see patients",
  "queue.read": "See who waits",
  "queue.call": "Call waiting patients and send them on",
  "queue.manage": "Set service points and the screens of waiting rooms",
  "encounter.read": "See visits and vital signs",
  "encounter.write": "Plan visits and cancel them",
  "encounter.check-in": "Check patients in",
  "encounter.consult": "Start a consultation, write assessment and plan, close the visit",
  "encounter.override": "Close a visit although something is open, with a reason",
  "diagnosis.write": "Write diagnoses and problems",
  "allergy.write": "Write allergies, or that none is known",
  "vitals.record": "Record vital signs",
  "vitals.scale": "Choose the oxygen saturation scale of a patient",
  "document.read": "See clinical documents",
  "document.write": "Write and amend clinical documents, until somebody signs them",
  "document.sign": "Sign clinical documents",
  "user.manage": "Create, change and deactivate people, end their sessions",
  "policy.manage": "Set what signing in asks of people",
  "role.manage": "Change what roles may do, and see why somebody was refused",
  "facility.manage": "Change facilities, their departments, wards and rooms",
  "system.manage": "See how the system is doing, and repeat or discard its jobs",
  "privacy.review": "See who looked at whom, and review emergency access",
  "audit.read": "Read and export the audit log",
  "audit.hold": "Keep parts of the audit log from being deleted",
} as const;
export type Permission = keyof typeof permissions;
export const permissionCodes = Object.keys(permissions) as Permission[];
export const permissionSchema = z.enum(Object.keys(permissions) as [Permission, ...Permission[]]);

/** What the built-in roles hold, unless a tenant changed it. */
export const grants: Record<Role, readonly Permission[]> = {
  admin: [
    "patient.read",
    "patient.write",
    "patient.delete",
    "patient.ssn.reveal",
    "order.read",
    "hl7.validate",
    "appointment.read",
    "appointment.write",
    "appointment.hours",
    "queue.read",
    "queue.manage",
    "catalog.read",
    "catalog.manage",
    "user.manage",
    "policy.manage",
    "role.manage",
    "facility.manage",
    "system.manage",
    "privacy.review",
    "audit.read",
    "audit.hold",
    "order.volume",
  ],
  doctor: [
    "patient.read",
    "patient.write",
    "patient.break-glass",
    "patient.ssn.reveal",
    "order.read",
    "order.create",
    "order.review",
    "order.cancel",
    "specimen.read",
    "specimen.collect",
    "result.read",
    "catalog.read",
    "appointment.read",
    "appointment.write",
    "queue.read",
    "queue.call",
    "encounter.read",
    "encounter.write",
    "encounter.check-in",
    "encounter.consult",
    "encounter.override",
    "diagnosis.write",
    "allergy.write",
    "vitals.record",
    "vitals.scale",
    "document.read",
    "document.write",
    "document.sign",
  ],
  nurse: [
    "patient.read",
    "patient.write",
    "patient.break-glass",
    "order.read",
    "specimen.read",
    "specimen.collect",
    "result.read",
    "catalog.read",
    "appointment.read",
    "appointment.write",
    "queue.read",
    "queue.call",
    "encounter.read",
    "encounter.write",
    "encounter.check-in",
    "allergy.write",
    "vitals.record",
    "document.read",
    "document.write",
  ],
  lab_technician: [
    "patient.read",
    "order.read",
    "order.process",
    "specimen.read",
    "specimen.collect",
    "specimen.process",
    "result.read",
    "result.upload",
    "result.enter",
    "result.verify",
    "hl7.validate",
    "catalog.read",
  ],
  billing_clerk: ["order.volume", "catalog.read"],
  privacy_officer: ["patient.read", "audit.read", "audit.hold", "privacy.review"],
};

/** What a person holds where they work: a set on the server, a list where it has travelled. */
export type HeldPermissions = ReadonlySet<Permission> | readonly Permission[];

/** Whether the permission is among those held. */
export function can(held: HeldPermissions, permission: Permission): boolean {
  return "has" in held ? held.has(permission) : held.includes(permission);
}

/** A role as a tenant made or changed it, for as much as it says about permissions. */
export type RoleGrants = { code: string; permissions: readonly string[] };

/** What roles hold together: a tenant's own word for a role comes before the built-in one; what is not known here is nothing. */
export function permissionsOf(codes: readonly string[], changed: readonly RoleGrants[] = []): Permission[] {
  const held = new Set(
    codes.flatMap((code): readonly string[] => {
      const own = changed.find((role) => role.code === code);
      return own ? own.permissions : Object.hasOwn(grants, code) ? grants[code as Role] : [];
    }),
  );
  return permissionCodes.filter((permission) => held.has(permission));
}

/** The built-in roles that hold the permission. */
export function rolesWith(permission: Permission): Role[] {
  return (Object.keys(grants) as Role[]).filter((role) => grants[role].includes(permission));
}
