import { type User, userStatus } from "@infirmary/shared/user";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findUserById, listFacilities, listInvitations, listRoleNames, type UserRow } from "./store.ts";

/** What people are shown with: the tenant's facilities and roles, and who of them was invited. */
export type Places = {
  invitations: Awaited<ReturnType<typeof listInvitations>>;
  facilities: Awaited<ReturnType<typeof listFacilities>>;
  roles: Awaited<ReturnType<typeof listRoleNames>>;
};

export async function placesOf({ tx, connection, scope, now }: Work, people: readonly UserRow[]): Promise<Places> {
  const { tenantId } = scope;
  return {
    facilities: await listFacilities(tx, { tenantId }),
    roles: await listRoleNames(connection, { tenantId }),
    invitations: await listInvitations(connection, { tenantId, ids: people.map(({ id }) => id), at: now }),
  };
}

/** A person as the API shows one. */
export function toUser(row: UserRow, { facilities, roles, invitations }: Places): User {
  const counting = row.memberships.filter(({ facilityId }) => facilities.some(({ id }) => id === facilityId));
  const held = roles.filter(({ code }) => counting.some(({ role }) => role === code));
  const at = new Set(counting.map(({ facilityId }) => facilityId));
  return {
    id: row.id,
    username: row.username,
    fullName: row.fullName,
    email: row.email,
    roles: held.map(({ code }) => code),
    roleNames: held.map(({ name }) => name),
    facilities: facilities
      .filter(({ id }) => at.has(id))
      .map(({ id, code, name, timeZone }) => ({ id, code, name, timeZone })),
    memberships: facilities
      .filter(({ id }) => at.has(id))
      .map(({ id }) => ({
        facilityId: id,
        roles: held
          .map(({ code }) => code)
          .filter((code) => counting.some(({ facilityId, role }) => facilityId === id && role === code)),
      })),
    title: row.title,
    registrationNumber: row.registrationNumber,
    departmentId: row.departmentId,
    status: userStatus.parse(row.status),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    invitation: invitations.get(row.id) ?? null,
  };
}

/** One person of the tenant, or `not-found`. */
export async function getUser(work: Work, { id }: { id: string }): Promise<User> {
  const { tx, scope } = work;
  const { tenantId } = scope;
  const row = await findUserById(tx, { tenantId, id });
  if (!row) throw new AppError("not-found");
  return toUser(row, await placesOf(work, [row]));
}
