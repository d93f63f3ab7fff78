import { z } from "zod";
import { permissionCodes } from "../access/permission.ts";
import { roleCode } from "../access/role.ts";
import { text, uuid } from "../core/field.ts";

const permissionList = z.array(z.enum(permissionCodes)).max(permissionCodes.length);

/** What holders of a role may do. `standard` are the permissions a built-in role has where the tenant changed nothing; null for its own. */
export const role = z.object({
  code: z.string(),
  name: z.string(),
  permissions: z.array(z.string()),
  standard: z.array(z.string()).nullable(),
  isChanged: z.boolean(),
  isActive: z.boolean(),
  /** Active people who hold it somewhere. */
  people: z.number(),
  /** 0 for a built-in role nobody has changed yet. */
  version: z.number(),
});
export type Role = z.infer<typeof role>;

/** A new role of the tenant's own; its code is made of its name. */
export const roleCreate = z.strictObject({
  name: text(60),
  permissions: permissionList.min(1, "Choose at least one."),
});
export type RoleCreate = z.infer<typeof roleCreate>;

export const roleUpdate = z.strictObject({
  code: roleCode,
  version: z.coerce.number().int().min(0),
  name: text(60).optional(),
  permissions: permissionList.min(1, "Choose at least one.").optional(),
  isActive: z.boolean().optional(),
});
export type RoleUpdate = z.infer<typeof roleUpdate>;

/** May this person do that, at that facility, with that record? `recordId`: a patient's, or any record's of one. */
export const explainInput = z.strictObject({
  userId: uuid,
  facilityId: uuid.optional(),
  procedure: z.string().max(80),
  recordId: uuid.optional(),
});
export type ExplainInput = z.infer<typeof explainInput>;

export const explanation = z.object({
  allowed: z.boolean(),
  /** One sentence. */
  answer: z.string(),
  permission: z.string(),
  facilityName: z.string().nullable(),
  roleNames: z.array(z.string()),
  /** What became of each rule of the policy file, in the order they were asked. */
  steps: z.array(z.object({ rule: z.string(), outcome: z.string(), line: z.number(), column: z.number() })),
  record: z
    .object({
      patientId: z.string(),
      facilities: z.array(z.string()),
      isInCareTeam: z.boolean(),
      isOpenInEmergency: z.boolean(),
    })
    .nullable(),
});
export type Explanation = z.infer<typeof explanation>;
