import { type Role as BuiltIn, roles as builtIn, permissionsOf, roleNames } from "@infirmary/shared/access";
import { foldName } from "@infirmary/shared/core";
import type { Role, RoleCreate, RoleUpdate } from "@infirmary/shared/role";
import { listPeopleWith, lockAdmins } from "../../core/access/who-to-ask.ts";
import { AppError } from "../../core/app-error.ts";
import { changesOf } from "../../core/audit.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { countHolders, insertRole, listRoleRows, type RoleRow, updateRoleRow } from "./store.ts";

/** Every role of the tenant: the built-in ones, changed or not, then its own. */
export async function listRoles({ connection, scope }: Work): Promise<Role[]> {
  const { tenantId } = scope;
  const rows = await listRoleRows(connection, { tenantId });
  const holders = await countHolders(connection, { tenantId });
  const own = rows.filter(({ code }) => !isBuiltIn(code));
  return [
    ...builtIn.options.map((code) =>
      toRole(
        code,
        rows.find((row) => row.code === code),
        holders,
      ),
    ),
    ...own.map((row) => toRole(row.code, row, holders)),
  ];
}

const isBuiltIn = (code: string): code is BuiltIn => builtIn.options.includes(code as BuiltIn);

function toRole(code: string, row: RoleRow | undefined, holders: ReadonlyMap<string, number>): Role {
  const standard = isBuiltIn(code) ? permissionsOf([code]) : null;
  const isChanged = row?.is_active === true && standard !== null;
  return {
    code,
    name: (row?.is_active !== false && row?.name) || row?.name || (isBuiltIn(code) ? roleNames[code] : code),
    permissions: permissionsOf([code], row && (row.is_active || !standard) ? [row] : []),
    standard,
    isChanged,
    isActive: standard !== null || row?.is_active === true,
    people: holders.get(code) ?? 0,
    version: row?.version ?? 0,
  };
}

async function getRole(work: Work, code: string): Promise<Role> {
  const found = (await listRoles(work)).find((role) => role.code === code);
  if (!found) throw new AppError("not-found");
  return found;
}

/** Makes a role of the tenant's own. Its code comes from its name and never changes. */
export async function createRole(work: Work, { name, permissions }: RoleCreate): Promise<Role> {
  const { connection, scope, audit } = work;
  const code = foldName(name)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+/, "")
    .slice(0, 40);
  if (!/^[a-z][a-z0-9_]{1,39}$/.test(code))
    throw new AppError("validation-failed", { errors: [{ path: "name", message: "Use at least two letters." }] });
  if ((await listRoles(work)).some((role) => role.code === code || role.name === name))
    throw new AppError("already-exists", { errors: [{ path: "name", message: "There is such a role." }] });
  await insertRole(connection, { tenantId: scope.tenantId, code, name, permissions, isActive: true });
  audit({ action: "role.create", entity: "role", entityId: code, after: { name, permissions } });
  tellEverybody(work);
  return getRole(work, code);
}

/**
 * Changes what a role may do, its name, or whether it counts. A built-in role that is not active any more is again as it came. It holds in
 * every session within five seconds. Somebody must be left who can undo it.
 */
export async function updateRole(work: Work, { code, version, ...input }: RoleUpdate): Promise<Role> {
  const { connection, scope, audit } = work;
  const { tenantId } = scope;
  const before = await getRole(work, code);
  if (before.version !== version) throw new AppError("stale-version", { current: before });
  if (input.isActive === false && before.standard === null && before.people > 0)
    throw new AppError("wrong-transition", {
      detail: `${before.people} ${before.people === 1 ? "person holds" : "people hold"} this role: give them another first.`,
    });
  const row = {
    tenantId,
    code,
    name: input.name ?? before.name,
    permissions: input.permissions ?? before.permissions,
    isActive: input.isActive ?? true,
  };
  if (version === 0) await insertRole(connection, row);
  else if (!(await updateRoleRow(connection, { ...row, version })))
    throw new AppError("stale-version", { current: await getRole(work, code) });
  await lockAdmins(connection, { tenantId });
  for (const permission of ["role.manage", "user.manage"] as const)
    if ((await listPeopleWith(connection, { tenantId, permission })).length === 0)
      throw new AppError("validation-failed", {
        errors: [{ path: "permissions", message: `Nobody would be left with the permission ${permission}.` }],
      });
  const after = await getRole(work, code);
  const shown = ({ name, permissions, isActive }: Role) => ({ name, permissions, isActive });
  audit({ action: "role.update", entity: "role", entityId: code, ...(changesOf(shown(before), shown(after)) ?? {}) });
  tellEverybody(work);
  return after;
}

function tellEverybody({ emit, afterCommit, platform, scope }: Work): void {
  emit({ name: "role.changed" });
  afterCommit(() => platform.sessions.forget(scope.tenantId));
}
