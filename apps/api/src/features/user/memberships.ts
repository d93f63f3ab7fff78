import type { Role } from "@infirmary/shared/access";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { listFacilities } from "./store.ts";

/** Each role at each facility named, all of the tenant's where none is; an unknown facility is a fault of the field. */
export async function membershipsOf(
  { tx, scope }: Work,
  { roles, facilityIds }: { roles: readonly Role[]; facilityIds?: readonly string[] | undefined },
): Promise<{ facilityId: string; role: Role }[]> {
  const known = (await listFacilities(tx, { tenantId: scope.tenantId })).map(({ id }) => id);
  const chosen = facilityIds?.length ? [...new Set(facilityIds)] : known;
  if (chosen.some((id) => !known.includes(id)))
    throw new AppError("validation-failed", {
      errors: [{ path: "facilityIds", message: "One of the facilities is not known." }],
    });
  return chosen.flatMap((facilityId) => [...new Set(roles)].map((role) => ({ facilityId, role })));
}
