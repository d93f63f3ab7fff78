import {
  type Location,
  type LocationAdd,
  type LocationUpdate,
  locationsMax,
  parentKinds,
} from "@infirmary/shared/facility";
import { AppError } from "../../core/app-error.ts";
import { changesOf } from "../../core/audit.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { codeTaken } from "./code-taken.ts";
import { getFacility } from "./facilities.ts";
import { countChildren, countLocations, findLocation, insertLocation, updateLocationRow } from "./store.ts";

/** Adds a department, ward or room to a facility. */
export async function addLocation(work: Work, input: LocationAdd): Promise<Location> {
  const { connection, scope, audit, emit } = work;
  const { tenantId } = scope;
  const { id: facilityId, kind, code, name, parentId = null } = input;
  await getFacility(work, { id: facilityId });
  await requireParent(work, { facilityId, kind, parentId });
  if ((await countLocations(connection, { tenantId, facilityId })) >= locationsMax)
    throw new AppError("validation-failed", {
      detail: `A facility has at most ${locationsMax} departments, wards and rooms.`,
    });
  const id = newId();
  const row = { id, facilityId, kind, parentId, code, name, isActive: true };
  await codeTaken(insertLocation(connection, { tenantId, ...row }));
  audit({ action: "facility.add-location", entity: "location", entityId: id, after: row });
  emit({ name: "facility.changed" });
  return { ...row, version: 1 };
}

/**
 * Renames a location, moves it within its facility, or takes it out of use or back. What others in use stand in cannot go out of use; what
 * is booked or recorded there stays.
 */
export async function updateLocation(work: Work, { id, version, ...input }: LocationUpdate): Promise<Location> {
  const { connection, scope, audit, emit } = work;
  const { tenantId } = scope;
  const before = await findLocation(connection, { tenantId, id });
  if (!before) throw new AppError("not-found");
  if (before.version !== version) throw new AppError("stale-version", { current: before });
  const after: Location = {
    ...before,
    code: input.code ?? before.code,
    name: input.name ?? before.name,
    parentId: input.parentId === undefined ? before.parentId : input.parentId,
    isActive: input.isActive ?? before.isActive,
    version: version + 1,
  };
  if (after.isActive && (!before.isActive || after.parentId !== before.parentId)) await requireParent(work, after);
  const row = { tenantId, id, version, parentId: after.parentId, code: after.code, name: after.name };
  if (!(await codeTaken(updateLocationRow(connection, { ...row, isActive: after.isActive }))))
    throw new AppError("stale-version", { current: await findLocation(connection, { tenantId, id }) });
  // After the row is ours: nothing can be put into it any more meanwhile.
  const children = after.isActive ? 0 : await countChildren(connection, { tenantId, id });
  if (children > 0)
    throw new AppError("wrong-transition", {
      detail: `${children} in use ${children === 1 ? "stands" : "stand"} in ${before.name}: move or take ${children === 1 ? "it" : "them"} out of use first.`,
    });
  const { version: _, ...was } = before;
  const { version: __, ...is } = after;
  audit({ action: "facility.update-location", entity: "location", entityId: id, ...(changesOf(was, is) ?? {}) });
  emit({ name: "facility.changed" });
  return after;
}

/** Refuses a parent that is unknown, of another facility, of a kind that cannot hold it, or not in use. */
async function requireParent(
  { connection, scope }: Work,
  { facilityId, kind, parentId }: Pick<Location, "facilityId" | "kind" | "parentId">,
): Promise<void> {
  if (parentId === null) return;
  const parent = await findLocation(connection, { tenantId: scope.tenantId, id: parentId, isHeld: true });
  const fault = (message: string) => new AppError("validation-failed", { errors: [{ path: "parentId", message }] });
  if (parent?.facilityId !== facilityId) throw fault("There is no such place at this facility.");
  if (!parentKinds[kind].includes(parent.kind)) throw fault("It cannot stand in this one.");
  if (!parent.isActive) throw fault(`${parent.name} is not in use.`);
}
