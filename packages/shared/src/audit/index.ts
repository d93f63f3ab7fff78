import { z } from "zod";
import { uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";

/** One entry of the audit log; `changes` holds before and after of what changed, sensitive values never in clear. */
export const auditEntry = z.object({
  id: z.string(),
  at: z.string(),
  userId: z.string().nullable(),
  username: z.string().nullable(),
  role: z.string().nullable(),
  facilityId: z.string().nullable(),
  action: z.string(),
  entity: z.string(),
  entityId: z.string().nullable(),
  patientId: z.string().nullable(),
  patientName: z.string().nullable(),
  outcome: z.enum(["success", "refused", "failed"]),
  reason: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  ip: z.string().nullable(),
  requestId: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional();

/** `from` is inclusive, `to` exclusive when an instant and inclusive when a day; `action` matches exactly, or a prefix ending in `.`. */
export const auditFilter = z.strictObject({
  patientId: uuid.optional(),
  userId: uuid.optional(),
  action: z
    .string()
    .max(60)
    .regex(/^[a-z-]+(\.[a-z-]*)*$/, "An action looks like patient.read.")
    .optional(),
  outcome: z.enum(["success", "refused", "failed"]).optional(),
  from: instant,
  to: instant,
});
export type AuditFilter = z.infer<typeof auditFilter>;
export const auditList = pageInput.extend(auditFilter.shape);
export type AuditList = z.infer<typeof auditList>;
