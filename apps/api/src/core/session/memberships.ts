import type { Connection } from "@infirmary/db/client";
import { permissionsOf, type Role, type RoleGrants, roleNames } from "@infirmary/shared/access";
import type { Membership } from "../scope.ts";

export type MembershipRows = {
  places:
    | { id: string; code: string; name: string; timeZone: string; role: string; validUntil: string | null }[]
    | null;
  roles: (RoleGrants & { name: string })[] | null;
};

/** The columns `places` and `roles` of `MembershipRows`, for the tenant and person that the two expressions name. */
export const membershipColumns = (tenantId: string, userId: string) => `
    (SELECT json_agg(json_build_object('id', f.id, 'code', f.code, 'name', f.name, 'timeZone', f.time_zone, 'role', m.role, 'validUntil', m.valid_until)
                     ORDER BY f.code, m.role)
       FROM membership m JOIN facility f ON f.tenant_id = m.tenant_id AND f.id = m.facility_id AND f.is_active
      WHERE m.tenant_id = ${tenantId} AND m.user_id = ${userId} AND (m.valid_until IS NULL OR m.valid_until > now())) AS places,
    (SELECT json_agg(json_build_object('code', r.code, 'name', r.name, 'permissions', r.permissions))
       FROM role r WHERE r.tenant_id = ${tenantId} AND r.is_active) AS roles`;

/** A person's facilities with what is held at each. */
export async function readMemberships(
  connection: Connection,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<Membership[]> {
  const { rows } = await connection.query<MembershipRows>(`SELECT ${membershipColumns("$1", "$2")}`, [
    tenantId,
    userId,
  ]);
  return rows[0] ? toMemberships(rows[0]) : [];
}

/** The facilities with what is held at each. A role that neither the tenant nor this version knows is no role. */
export function toMemberships({ places, roles }: MembershipRows): Membership[] {
  const own = roles ?? [];
  const nameOf = (code: string): string | null =>
    own.find((role) => role.code === code)?.name ?? (Object.hasOwn(roleNames, code) ? roleNames[code as Role] : null);
  const known = (places ?? []).filter(({ role }) => nameOf(role) !== null);
  const ids = [...new Set(known.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const here = known.filter((place) => place.id === id);
    const [first] = here;
    if (!first) return [];
    const codes = here.map(({ role }) => role);
    const ends = here.flatMap(({ validUntil }) => (validUntil ? [new Date(validUntil)] : []));
    return {
      id,
      code: first.code,
      name: first.name,
      timeZone: first.timeZone,
      roles: codes,
      roleNames: codes.map((code) => nameOf(code) ?? code),
      permissions: new Set(permissionsOf(codes, own)),
      validUntil: ends.length === here.length ? new Date(Math.max(...ends.map(Number))) : null,
    };
  });
}
