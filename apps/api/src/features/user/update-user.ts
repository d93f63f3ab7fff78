import type { User, UserUpdate } from "@infirmary/shared/user";
import { listPeopleWith, lockAdmins } from "../../core/access/who-to-ask.ts";
import { AppError } from "../../core/app-error.ts";
import { changesOf } from "../../core/audit.ts";
import { requireRecentProof } from "../../core/session/step-up.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { endSessions, enqueueResetFor, voidLinks } from "../auth/index.ts";
import { type Held, membershipsOf } from "./memberships.ts";
import { setProfile } from "./profile.ts";
import { replaceMemberships, updateUserRow } from "./store.ts";
import { getUser } from "./user.ts";

/** Changes a person. New rights or a new status end the person's sessions, so that nobody works on with the old ones. */
export async function updateUser(
  work: Work,
  { id, version, fullName, email, roles, facilityIds, memberships, status, ...profile }: UserUpdate,
): Promise<User> {
  const { tx, scope, audit, emit } = work;
  const { tenantId } = scope;
  const before = await getUser(work, { id });
  if (before.version !== version) throw new AppError("stale-version", { current: before });
  const rights = await rightsOf(work, before, { roles, facilityIds, memberships });
  const changesRights = rights !== null || (status !== undefined && status !== before.status);
  if (changesRights) await requireRecentProof(work.platform, work.scope.actor);
  const isPending = before.status === "PENDING";
  if (status === "ACTIVE" && (rights ?? before.roles).length === 0) {
    throw new AppError("validation-failed", { errors: [{ path: "roles", message: "Choose at least one role." }] });
  }
  const data = {
    ...(fullName === undefined ? {} : { fullName }),
    ...(email === undefined ? {} : { email }),
    ...(status === undefined ? {} : { status }),
  };
  if (!(await updateUserRow(tx, { tenantId, id, version, data })))
    throw new AppError("stale-version", { current: await getUser(work, { id }) });
  if (rights) await replaceMemberships(tx, { tenantId, userId: id, memberships: rights });
  await setProfile(work, { id, profile });
  const after = await getUser(work, { id });
  if (changesRights) await keepAnAdmin(work);
  const changes = changesOf(shown(before), shown(after));
  audit({
    action: isPending && after.status === "ACTIVE" ? "user.approve" : "user.update",
    entity: "user",
    entityId: id,
    ...(changes ?? {}),
  });
  if (JSON.stringify([before.memberships, before.status]) !== JSON.stringify([after.memberships, after.status])) {
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

/** What the person is to hold where, or null where the input changes nothing of it: a person may be sent back as read. */
async function rightsOf(
  work: Work,
  before: User,
  { roles, facilityIds, memberships }: Pick<UserUpdate, "roles" | "facilityIds" | "memberships">,
): Promise<Held[] | null> {
  const present = await membershipsOf(work, { roles: [], memberships: before.memberships });
  const asked = memberships && (await membershipsOf(work, { roles: [], memberships }));
  if (asked && !isSame(asked, present)) return asked;
  const facilities = before.facilities.map(({ id }) => id);
  if (!differ(before.roles, roles) && !differ(facilities, facilityIds)) return null;
  return membershipsOf(work, {
    roles: roles ?? before.roles,
    facilityIds: facilityIds ?? (facilities.length > 0 ? facilities : undefined),
  });
}

const isSame = (some: readonly Held[], others: readonly Held[]) =>
  !differ(
    some.map(({ facilityId, role }) => `${facilityId} ${role}`),
    others.map(({ facilityId, role }) => `${facilityId} ${role}`),
  );
const differ = (now: readonly string[], then: readonly string[] | undefined) =>
  then !== undefined && JSON.stringify([...new Set(now)].sort()) !== JSON.stringify([...new Set(then)].sort());

/** An installation without somebody who manages people cannot be helped from inside. */
async function keepAnAdmin({ connection, scope }: Work): Promise<void> {
  const { tenantId } = scope;
  await lockAdmins(connection, scope);
  if ((await listPeopleWith(connection, { tenantId, permission: "user.manage" })).length === 0)
    throw new AppError("validation-failed", {
      errors: [{ path: "roles", message: "This is the last active administrator." }],
    });
}

const shown = ({
  fullName,
  email,
  status,
  facilities,
  memberships,
  title,
  registrationNumber,
  departmentId,
}: User) => ({
  fullName,
  email,
  status,
  roles: memberships.map(
    ({ facilityId, roles }) => `${facilities.find(({ id }) => id === facilityId)?.code}: ${roles.join(", ")}`,
  ),
  title,
  registrationNumber,
  departmentId,
});
