import type { FacilityCreate, FacilityDetail, FacilityItem, FacilityUpdate } from "@infirmary/shared/facility";
import { listPeopleWith, lockAdmins } from "../../core/access/who-to-ask.ts";
import { AppError } from "../../core/app-error.ts";
import { changesOf } from "../../core/audit.ts";
import { newId } from "../../core/id.ts";
import { requireRecentProof } from "../../core/session/step-up.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { codeTaken } from "./code-taken.ts";
import { insertFacility, listFacilityRows, listLocations, updateFacilityRow } from "./store.ts";

export const listFacilities = ({ connection, scope }: Work): Promise<FacilityItem[]> =>
  listFacilityRows(connection, { tenantId: scope.tenantId });

/** One facility of the tenant with what is inside it, or `not-found`. */
export async function getFacility({ connection, scope }: Work, { id }: { id: string }): Promise<FacilityDetail> {
  const { tenantId } = scope;
  const [row] = await listFacilityRows(connection, { tenantId, id });
  if (!row) throw new AppError("not-found");
  return { ...row, locations: await listLocations(connection, { tenantId, facilityId: id }) };
}

/** Adds a facility. Nobody works there until somebody is given a role there. */
export async function createFacility(work: Work, input: FacilityCreate): Promise<FacilityDetail> {
  const { connection, scope, audit } = work;
  const id = newId();
  const row = { ...input, address: input.address ?? null, isActive: true };
  await codeTaken(insertFacility(connection, { tenantId: scope.tenantId, id, ...row }));
  audit({ action: "facility.create", entity: "facility", entityId: id, after: row });
  tellEverybody(work);
  return getFacility(work, { id });
}

/**
 * Changes a facility, or takes it out of use or back. Out of use its people's roles there do not count any more, in every session, so it
 * takes a recent proof of who asks, cannot be the one worked at, and leaves somebody who can undo it.
 */
export async function updateFacility(work: Work, { id, version, ...input }: FacilityUpdate): Promise<FacilityDetail> {
  const { connection, scope, platform, audit } = work;
  const { tenantId, actor } = scope;
  const before = await getFacility(work, { id });
  if (before.version !== version) throw new AppError("stale-version", { current: before });
  const isActive = input.isActive ?? before.isActive;
  if (isActive !== before.isActive) await requireRecentProof(platform, actor);
  if (!isActive && before.isActive && actor?.facility.id === id)
    throw new AppError("wrong-transition", { detail: "You work here now. Change to another facility first." });
  const row = {
    tenantId,
    id,
    version,
    code: input.code ?? before.code,
    name: input.name ?? before.name,
    timeZone: input.timeZone ?? before.timeZone,
    address: input.address === undefined ? before.address : input.address,
    isActive,
  };
  if (!(await codeTaken(updateFacilityRow(connection, row))))
    throw new AppError("stale-version", { current: await getFacility(work, { id }) });
  if (!isActive && before.isActive) {
    await lockAdmins(connection, { tenantId });
    for (const permission of ["role.manage", "user.manage"] as const)
      if ((await listPeopleWith(connection, { tenantId, permission })).length === 0)
        throw new AppError("wrong-transition", { detail: `Nobody would be left with the permission ${permission}.` });
  }
  const after = await getFacility(work, { id });
  audit({
    action: "facility.update",
    entity: "facility",
    entityId: id,
    ...(changesOf(shown(before), shown(after)) ?? {}),
  });
  tellEverybody(work);
  return after;
}

const shown = ({ code, name, timeZone, address, isActive }: FacilityItem) => ({
  code,
  name,
  timeZone,
  address,
  isActive,
});

function tellEverybody({ emit, afterCommit, platform, scope }: Work): void {
  emit({ name: "facility.changed" });
  afterCommit(() => platform.sessions.forget(scope.tenantId));
}
