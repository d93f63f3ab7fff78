import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { listFacilities, listRoleNames } from "./store.ts";

export type Held = { facilityId: string; role: string };

/** What is held where, as asked for: by facility, or each role at each facility named. */
export async function membershipsOf(
  work: Work,
  input: {
    roles: readonly string[];
    facilityIds?: readonly string[] | undefined;
    memberships?: readonly { facilityId: string; roles: readonly string[] }[] | undefined;
  },
): Promise<Held[]> {
  if (!input.memberships) return crossed(work, input);
  const held = input.memberships.flatMap(({ facilityId, roles }) => roles.map((role) => ({ facilityId, role })));
  // The same checks, once for all.
  await crossed(work, { roles: held.map(({ role }) => role), facilityIds: held.map(({ facilityId }) => facilityId) });
  return [...new Map(held.map((one) => [`${one.facilityId} ${one.role}`, one])).values()];
}

/** Each role at each facility named, all of the tenant's where none is; an unknown role or facility is a fault of the field. */
async function crossed(
  { tx, connection, scope }: Work,
  { roles, facilityIds }: { roles: readonly string[]; facilityIds?: readonly string[] | undefined },
): Promise<Held[]> {
  const { tenantId } = scope;
  const known = (await listFacilities(tx, { tenantId })).map(({ id }) => id);
  const codes = (await listRoleNames(connection, { tenantId })).map(({ code }) => code);
  const chosen = facilityIds?.length ? [...new Set(facilityIds)] : known;
  if (chosen.some((id) => !known.includes(id)))
    throw new AppError("validation-failed", {
      errors: [{ path: "facilityIds", message: "One of the facilities is not known." }],
    });
  if (roles.some((role) => !codes.includes(role)))
    throw new AppError("validation-failed", { errors: [{ path: "roles", message: "One of the roles is not known." }] });
  return chosen.flatMap((facilityId) => [...new Set(roles)].map((role) => ({ facilityId, role })));
}
