import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { listFacilities, listRoleNames } from "./store.ts";

/** Each role at each facility named, all of the tenant's where none is; an unknown role or facility is a fault of the field. */
export async function membershipsOf(
  { tx, connection, scope }: Work,
  { roles, facilityIds }: { roles: readonly string[]; facilityIds?: readonly string[] | undefined },
): Promise<{ facilityId: string; role: string }[]> {
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
