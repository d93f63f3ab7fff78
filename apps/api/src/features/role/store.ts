import type { Connection } from "@infirmary/db/client";

type ByCode = { tenantId: string; code: string };
export type RoleRow = { code: string; name: string; permissions: string[]; is_active: boolean; version: number };

/** The roles the tenant made or changed. */
export async function listRoleRows(connection: Connection, { tenantId }: { tenantId: string }): Promise<RoleRow[]> {
  const { rows } = await connection.query<RoleRow>(
    "SELECT code, name, permissions, is_active, version FROM role WHERE tenant_id = $1 ORDER BY name, code",
    [tenantId],
  );
  return rows;
}

/** How many active people hold each role somewhere. */
export async function countHolders(
  connection: Connection,
  { tenantId }: { tenantId: string },
): Promise<Map<string, number>> {
  const { rows } = await connection.query<{ role: string; count: number }>(
    `SELECT m.role, count(DISTINCT m.user_id)::int AS count
       FROM membership m JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.user_id AND u.status = 'ACTIVE'
      WHERE m.tenant_id = $1 GROUP BY m.role`,
    [tenantId],
  );
  return new Map(rows.map(({ role, count }) => [role, count]));
}

export async function insertRole(
  connection: Connection,
  row: ByCode & { name: string; permissions: readonly string[]; isActive: boolean },
): Promise<void> {
  await connection.query(
    "INSERT INTO role (tenant_id, code, name, permissions, is_active) VALUES ($1, $2, $3, $4, $5)",
    [row.tenantId, row.code, row.name, row.permissions, row.isActive],
  );
}

/** Changes the role read at `version`; answers whether it was still that one. */
export async function updateRoleRow(
  connection: Connection,
  row: ByCode & { version: number; name: string; permissions: readonly string[]; isActive: boolean },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE role SET name = $4, permissions = $5, is_active = $6, version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND code = $2 AND version = $3`,
    [row.tenantId, row.code, row.version, row.name, row.permissions, row.isActive],
  );
  return rowCount === 1;
}
