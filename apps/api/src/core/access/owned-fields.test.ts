import { describe, expect, it } from "vitest";
import { z } from "zod";
import { appRouter } from "../../router.ts";

/** What the API alone decides; no input may carry one of them unless it declares it, and then it means the caller's choice. */
const owned = [
  "tenantId",
  "tenant_id",
  "createdAt",
  "updatedAt",
  "createdById",
  "orderedById",
  "reviewedById",
  "userId",
  "passwordHash",
  "password_hash",
  "isAdmin",
  "permissions",
  "roles",
  "facilityIds",
  "facility_ids",
  "deletedAt",
  "mrn",
  "orderNumber",
  "expiresAt",
  "__proto__x",
];

type Procedure = { _def: { type: string; inputs: z.ZodType[] } };
const changes = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).filter(
  ([, { _def }]) => _def.type === "mutation",
);

/** The object schemas an input may be. */
function objectsOf(schema: z.ZodType | undefined): z.ZodObject[] {
  if (schema instanceof z.ZodObject) return [schema];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return objectsOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => objectsOf(option as z.ZodType));
  return [];
}

describe("a field the API owns", () => {
  it("is refused by name in every change that does not declare it", () => {
    let asked = 0;
    for (const [name, { _def }] of changes)
      for (const schema of objectsOf(_def.inputs[0]))
        for (const field of owned) {
          if (field in schema.shape) continue;
          const { error } = schema.safeParse({ [field]: "x" });
          const unknown = error?.issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : []));
          expect(unknown, `${name} takes ${field}`).toContain(field);
          asked++;
        }
    expect(asked).toBeGreaterThan(500);
  });
});
