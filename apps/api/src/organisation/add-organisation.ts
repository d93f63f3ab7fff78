import { randomBytes } from "node:crypto";
import { username } from "@infirmary/shared/auth";
import { text } from "@infirmary/shared/core";
import { facilityCreate } from "@infirmary/shared/facility";
import { z } from "zod";
import { newId } from "../core/id.ts";
import type { Platform } from "../core/platform.ts";
import { inWork } from "../core/unit-of-work.ts";
import { insertHospital, insertTests, tenantExists } from "../demo/store.ts";
import { hashPassword } from "../features/auth/index.ts";

/** What an organisation begins with: its first facility, and the administrator who adds everybody else. */
export const organisationInput = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, "must be 2 to 40 small letters, digits and dashes, a letter first"),
  name: text(120),
  facility: facilityCreate.pick({ code: true, name: true, timeZone: true }),
  admin: z.strictObject({ username, fullName: text(120), email: z.email().max(254) }),
  /** Whether to load common tests with typical ranges, to be replaced by the laboratory's own. */
  hasStarterCatalogue: z.boolean(),
});
export type OrganisationInput = z.infer<typeof organisationInput>;

/**
 * Adds an organisation with one facility and one administrator, all or nothing. @returns the administrator's password, which is known
 * nowhere else; null where an organisation of that name is there already
 */
export async function addOrganisation(platform: Platform, input: OrganisationInput): Promise<string | null> {
  if (await tenantExists(platform.database, input.slug)) return null;
  const tenantId = newId();
  const password = randomBytes(18).toString("base64url");
  const admin = {
    id: newId(),
    ...input.admin,
    passwordHash: await hashPassword(password),
    role: "admin",
    facilities: [input.facility.code],
  };
  const scope = { tenantId, actor: null, requestId: newId(), ip: null };
  await inWork(platform, scope, async (work) => {
    const { connection } = work;
    const tenant = { slug: input.slug, name: input.name, mrnAuthorities: [] };
    const facilities = [{ id: newId(), ...input.facility }];
    await insertHospital(connection, { tenantId, tenant, facilities, people: [admin] });
    if (input.hasStarterCatalogue) await insertTests(connection, { tenantId });
    work.audit({
      action: "organisation.create",
      entity: "tenant",
      entityId: tenantId,
      by: { userId: null, username: "command line" },
      after: { slug: input.slug, facility: input.facility.code, administrator: input.admin.username },
    });
  });
  return password;
}
