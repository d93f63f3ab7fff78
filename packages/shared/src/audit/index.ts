import { z } from "zod";
import { isoDate, text, uuid } from "../core/field.ts";
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

/** What is not as it was written: its kind, and where. docs/audit.md says of each kind what it means. */
export const auditFinding = z.object({ kind: z.string(), place: z.string(), detail: z.string() });

/** Whether the log can be believed: the newest seal that was checked, how far sealing is behind, and what the checks found. */
export const auditStatus = z.object({
  state: z.enum(["verified", "behind", "tampered", "unchecked"]),
  lastSeal: z.object({ number: z.number(), sealedAt: z.string() }).nullable(),
  verifiedSeal: z.number().nullable(),
  checkedAt: z.string().nullable(),
  wholeCheckedAt: z.string().nullable(),
  entriesChecked: z.number(),
  unsealed: z.number(),
  lagSeconds: z.number(),
  anchors: z.array(z.object({ place: z.string(), number: z.number(), anchoredAt: z.string() })),
  findings: z.array(auditFinding),
});
export type AuditStatus = z.infer<typeof auditStatus>;

/** Days of the log that are kept beyond seven years while a question about them is open. */
export const auditHold = z.object({
  id: z.string(),
  fromDay: z.string(),
  toDay: z.string(),
  reason: z.string(),
  placedBy: z.string(),
  placedAt: z.string(),
  releasedAt: z.string().nullable(),
  releaseReason: z.string().nullable(),
});
export type AuditHold = z.infer<typeof auditHold>;
export const placeHoldInput = z
  .strictObject({ fromDay: isoDate, toDay: isoDate, reason: text(500) })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, {
    path: ["toDay"],
    message: "The last day lies before the first.",
  });
export const releaseHoldInput = z.strictObject({ id: uuid, reason: text(500) });

/** A page of entries as FHIR R4: a searchset of AuditEvent resources, and what asks for the next page. */
export const auditBundle = z.object({
  resourceType: z.literal("Bundle"),
  type: z.literal("searchset"),
  entry: z.array(z.object({ fullUrl: z.string(), resource: z.record(z.string(), z.unknown()) })),
  nextCursor: z.string().nullable(),
});
export type AuditBundle = z.infer<typeof auditBundle>;
