import { roles as roleSchema } from "@infirmary/shared/access";
import { type User, userStatus } from "@infirmary/shared/user";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findUserById, listFacilities, type UserRow } from "./store.ts";

type FacilityRow = Awaited<ReturnType<typeof listFacilities>>[number];

/** A person as the API shows one. */
export function toUser(row: UserRow, facilities: readonly FacilityRow[]): User {
  const at = new Set(row.memberships.map(({ facilityId }) => facilityId));
  return {
    id: row.id,
    username: row.username,
    fullName: row.fullName,
    email: row.email,
    roles: roleSchema.options.filter((role) => row.memberships.some((membership) => membership.role === role)),
    facilities: facilities
      .filter(({ id }) => at.has(id))
      .map(({ id, code, name, timeZone }) => ({ id, code, name, timeZone })),
    status: userStatus.parse(row.status),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
  };
}

/** One person of the tenant, or `not-found`. */
export async function getUser({ tx, scope }: Work, { id }: { id: string }): Promise<User> {
  const { tenantId } = scope;
  const row = await findUserById(tx, { tenantId, id });
  if (!row) throw new AppError("not-found");
  return toUser(row, await listFacilities(tx, { tenantId }));
}
