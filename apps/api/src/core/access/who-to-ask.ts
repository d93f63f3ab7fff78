import type { Connection } from "@infirmary/db/client";
import { type Permission, rolesWith } from "@infirmary/shared/access";
import type { Platform } from "../platform.ts";
import type { Session } from "../scope.ts";
import { inWork } from "../unit-of-work.ts";

/** Active people of the tenant whose roles have the permission, those at the facility first where one is given. */
export async function listPeopleWith(
  connection: Connection,
  { tenantId, permission, facilityId }: { tenantId: string; permission: Permission; facilityId?: string },
): Promise<{ id: string; fullName: string }[]> {
  const { rows } = await connection.query<{ id: string; fullName: string }>({
    name: "people-with",
    text: `SELECT u.id, u.full_name AS "fullName" FROM user_account u
            WHERE u.tenant_id = $1 AND u.status = 'ACTIVE' AND EXISTS (
              SELECT FROM membership m JOIN facility f ON f.tenant_id = $1 AND f.id = m.facility_id AND f.is_active
                LEFT JOIN role r ON r.tenant_id = $1 AND r.code = m.role AND r.is_active
               WHERE m.tenant_id = $1 AND m.user_id = u.id AND (m.valid_until IS NULL OR m.valid_until > now())
                 AND CASE WHEN r.code IS NULL THEN m.role = ANY ($2::text[]) ELSE $3 = ANY (r.permissions) END)
            ORDER BY NOT EXISTS (SELECT FROM membership m WHERE m.tenant_id = $1 AND m.user_id = u.id AND m.facility_id = $4), u.full_name LIMIT 200`,
    values: [tenantId, rolesWith(permission), permission, facilityId ?? null],
  });
  return rows;
}

/** Holds the right to take an administrator away until the transaction ends, so that two who go at once do not count each other. */
export async function lockAdmins(connection: Connection, { tenantId }: { tenantId: string }): Promise<void> {
  await connection.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`user.admins|${tenantId}`]);
}

const namesMax = 2;

/** "Grace Adeyemi or Tom Reed": who can help here; null where nobody can. */
export async function whoToAsk(platform: Platform, session: Session, permission: Permission): Promise<string | null> {
  const scope = { tenantId: session.tenantId, actor: null, requestId: "who-to-ask", ip: null };
  const people = await inWork(platform, scope, ({ connection }) =>
    listPeopleWith(connection, { tenantId: session.tenantId, permission, facilityId: session.facility.id }),
  );
  const names = people.filter(({ id }) => id !== session.userId).slice(0, namesMax);
  return names.length > 0 ? names.map(({ fullName }) => fullName).join(" or ") : null;
}
