import type { Connection } from "@infirmary/db/client";
import { grants, roles } from "@infirmary/shared/access";

const guardians = roles.options.filter((role) => grants[role].includes("audit.read"));

/** The active people who may read the log. */
export async function findGuardians(connection: Connection, tenantId: string): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>(
    `SELECT DISTINCT u.id FROM user_account u JOIN membership m ON m.tenant_id = u.tenant_id AND m.user_id = u.id
      WHERE u.tenant_id = $1 AND u.status = 'ACTIVE' AND m.role = ANY ($2)`,
    [tenantId, guardians],
  );
  return rows.map(({ id }) => id);
}

/** Whether somebody has the same alarm unread. */
export async function hasOpenAlarm(
  connection: Connection,
  { tenantId, title }: { tenantId: string; title: string },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    "SELECT FROM notification WHERE tenant_id = $1 AND kind = 'audit-alarm' AND title = $2 AND read_at IS NULL LIMIT 1",
    [tenantId, title],
  );
  return rowCount === 1;
}
