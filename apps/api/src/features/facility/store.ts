import type { Connection } from "@infirmary/db/client";
import { type FacilityItem, type Location, locationsMax } from "@infirmary/shared/facility";

type Scoped = { tenantId: string };
export type FacilityRow = Scoped & {
  id: string;
  code: string;
  name: string;
  timeZone: string;
  address: string | null;
  isActive: boolean;
};
export type LocationRow = Scoped & Omit<Location, "version">;

const countOf = (kind: string) =>
  `(SELECT count(*)::int FROM location l WHERE l.tenant_id = f.tenant_id AND l.facility_id = f.id AND l.is_active AND l.kind = '${kind}')`;

/** The tenant's facilities by name, those in use first; `id`: that one alone. */
export async function listFacilityRows(
  connection: Connection,
  { tenantId, id }: Scoped & { id?: string },
): Promise<FacilityItem[]> {
  const { rows } = await connection.query<FacilityItem>(
    `SELECT f.id, f.code, f.name, f.time_zone AS "timeZone", f.address, f.is_active AS "isActive", f.version,
            ${countOf("DEPARTMENT")} AS departments, ${countOf("WARD")} AS wards, ${countOf("ROOM")} AS rooms,
            (SELECT count(DISTINCT m.user_id)::int FROM membership m
               JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.user_id AND u.status = 'ACTIVE'
              WHERE m.tenant_id = f.tenant_id AND m.facility_id = f.id) AS people
       FROM facility f WHERE f.tenant_id = $1 AND ($2::uuid IS NULL OR f.id = $2)
      ORDER BY f.is_active DESC, f.name, f.id`,
    [tenantId, id ?? null],
  );
  return rows;
}

/** A time zone that the database does not know is refused by it, as `validation-failed`. */
export async function insertFacility(connection: Connection, row: FacilityRow): Promise<void> {
  await connection.query(
    "INSERT INTO facility (tenant_id, id, code, name, time_zone, address, is_active) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING now() AT TIME ZONE time_zone",
    [row.tenantId, row.id, row.code, row.name, row.timeZone, row.address, row.isActive],
  );
}

/** Changes the facility read at `version`; answers whether it was still that one. */
export async function updateFacilityRow(
  connection: Connection,
  row: FacilityRow & { version: number },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE facility SET code = $4, name = $5, time_zone = $6, address = $7, is_active = $8, version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND id = $2 AND version = $3 RETURNING now() AT TIME ZONE time_zone`,
    [row.tenantId, row.id, row.version, row.code, row.name, row.timeZone, row.address, row.isActive],
  );
  return rowCount === 1;
}

const locationColumns = `id, facility_id AS "facilityId", kind, parent_id AS "parentId", code, name, is_active AS "isActive", version`;

/** What is inside a facility, by name. */
export async function listLocations(
  connection: Connection,
  { tenantId, facilityId }: Scoped & { facilityId: string },
): Promise<Location[]> {
  const { rows } = await connection.query<Location>(
    `SELECT ${locationColumns} FROM location WHERE tenant_id = $1 AND facility_id = $2
      ORDER BY is_active DESC, name, id LIMIT ${locationsMax}`,
    [tenantId, facilityId],
  );
  return rows;
}

/** One location, kept as it is until the end of the transaction where it is `held`. */
export async function findLocation(
  connection: Connection,
  { tenantId, id, isHeld = false }: Scoped & { id: string; isHeld?: boolean },
): Promise<Location | null> {
  const { rows } = await connection.query<Location>(
    `SELECT ${locationColumns} FROM location WHERE tenant_id = $1 AND id = $2${isHeld ? " FOR SHARE" : ""}`,
    [tenantId, id],
  );
  return rows[0] ?? null;
}

/** How many in use stand in it. */
export async function countChildren(
  connection: Connection,
  { tenantId, id }: Scoped & { id: string },
): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM location WHERE tenant_id = $1 AND parent_id = $2 AND is_active",
    [tenantId, id],
  );
  return rows[0]?.count ?? 0;
}

export async function countLocations(
  connection: Connection,
  { tenantId, facilityId }: Scoped & { facilityId: string },
): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM location WHERE tenant_id = $1 AND facility_id = $2",
    [tenantId, facilityId],
  );
  return rows[0]?.count ?? 0;
}

export async function insertLocation(connection: Connection, row: LocationRow): Promise<void> {
  await connection.query(
    "INSERT INTO location (tenant_id, id, facility_id, kind, parent_id, code, name, is_active) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    [row.tenantId, row.id, row.facilityId, row.kind, row.parentId, row.code, row.name, row.isActive],
  );
}

/** Changes the location read at `version`; answers whether it was still that one. */
export async function updateLocationRow(
  connection: Connection,
  row: Omit<LocationRow, "facilityId" | "kind"> & { version: number },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE location SET parent_id = $4, code = $5, name = $6, is_active = $7, version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND id = $2 AND version = $3`,
    [row.tenantId, row.id, row.version, row.parentId, row.code, row.name, row.isActive],
  );
  return rowCount === 1;
}
