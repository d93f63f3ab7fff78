import type { User, UserUpdate } from "@infirmary/shared/user";
import { listPeopleWith, lockAdmins } from "../../core/access/who-to-ask.ts";
import { AppError } from "../../core/app-error.ts";
import { changesOf } from "../../core/audit.ts";
import { requireRecentProof } from "../../core/session/step-up.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { endSessions, enqueueResetFor, voidLinks } from "../auth/index.ts";
import { membershipsOf } from "./memberships.ts";
import { replaceMemberships, updateUserRow } from "./store.ts";
import { getUser } from "./user.ts";

/** Changes a person. New rights or a new status end the person's sessions, so that nobody works on with the old ones. */
export async function updateUser(
  work: Work,
  { id, version, fullName, email, roles, facilityIds, status }: UserUpdate,
): Promise<User> {
  const { tx, scope, audit, emit } = work;
  const { tenantId } = scope;
  const before = await getUser(work, { id });
  if (before.version !== version) throw new AppError("stale-version", { current: before });
  if (changesRights(before, { roles, facilityIds, status })) await requireRecentProof(work.platform, work.scope.actor);
  const isPending = before.status === "PENDING";
  if (status === "ACTIVE" && (roles ?? before.roles).length === 0) {
    throw new AppError("validation-failed", { errors: [{ path: "roles", message: "Choose at least one role." }] });
  }
  const data = {
    ...(fullName === undefined ? {} : { fullName }),
    ...(email === undefined ? {} : { email }),
    ...(status === undefined ? {} : { status }),
  };
  if (!(await updateUserRow(tx, { tenantId, id, version, data })))
    throw new AppError("stale-version", { current: await getUser(work, { id }) });
  if (roles !== undefined || facilityIds !== undefined) {
    const memberships = await membershipsOf(work, {
      roles: roles ?? before.roles,
      facilityIds:
        facilityIds ?? (before.facilities.length > 0 ? before.facilities.map((facility) => facility.id) : undefined),
    });
    await replaceMemberships(tx, { tenantId, userId: id, memberships });
  }
  const after = await getUser(work, { id });
  if (changesRights(before, { roles, facilityIds, status })) await keepAnAdmin(work);
  const changes = changesOf(shown(before), shown(after));
  audit({
    action: isPending && after.status === "ACTIVE" ? "user.approve" : "user.update",
    entity: "user",
    entityId: id,
    ...(changes ?? {}),
  });
  if (
    JSON.stringify([before.roles, before.facilities, before.status]) !==
    JSON.stringify([after.roles, after.facilities, after.status])
  ) {
    await endSessions(work, { userId: id, reason: "rights or status were changed" });
  }
  if (before.email !== after.email || before.status !== after.status) {
    // What went to an address that is no longer the person's, or to a closed account, opens nothing.
    await voidLinks(tx, { tenantId, userId: id, at: work.now });
    if (after.invitation && after.status === "ACTIVE") await enqueueResetFor(work, id);
  }
  emit({ name: "user.changed" });
  return getUser(work, { id });
}

/** Whether the input would give or take rights: other roles, other facilities, another status. */
function changesRights(
  before: User,
  { roles, facilityIds, status }: Pick<UserUpdate, "roles" | "facilityIds" | "status">,
) {
  const differs = (now: readonly string[], then: readonly string[] | undefined) =>
    then !== undefined && JSON.stringify([...now].sort()) !== JSON.stringify([...then].sort());
  return (
    differs(before.roles, roles) ||
    differs(
      before.facilities.map(({ id }) => id),
      facilityIds,
    ) ||
    (status !== undefined && status !== before.status)
  );
}

/** An installation without somebody who manages people cannot be helped from inside. */
async function keepAnAdmin({ connection, scope }: Work): Promise<void> {
  const { tenantId } = scope;
  await lockAdmins(connection, scope);
  if ((await listPeopleWith(connection, { tenantId, permission: "user.manage" })).length === 0)
    throw new AppError("validation-failed", {
      errors: [{ path: "roles", message: "This is the last active administrator." }],
    });
}

const shown = ({ fullName, email, roles, status, facilities }: User) => ({
  fullName,
  email,
  roles,
  status,
  facilities: facilities.map(({ code }) => code),
});
