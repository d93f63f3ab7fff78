import type { Connection } from "@infirmary/db/client";
import type { Board, Display, ServicePoint } from "@infirmary/shared/queue";

type AtFacility = { tenantId: string; facilityId: string };
const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export async function listPoints(
  connection: Connection,
  { tenantId, facilityId }: AtFacility,
): Promise<ServicePoint[]> {
  const { rows } = await connection.query<ServicePoint>(
    `SELECT id, code, name, is_active AS "isActive", version FROM service_point WHERE tenant_id = $1 AND facility_id = $2 ORDER BY is_active DESC, code LIMIT 100`,
    [tenantId, facilityId],
  );
  return rows;
}

export async function isPointAt(connection: Connection, { tenantId, facilityId, id }: AtFacility & { id: string }) {
  const { rowCount } = await connection.query(
    "SELECT 1 FROM service_point WHERE tenant_id = $1 AND facility_id = $2 AND id = $3 AND is_active",
    [tenantId, facilityId, id],
  );
  return rowCount === 1;
}

export async function insertPoint(
  connection: Connection,
  { tenantId, facilityId, id, code, name }: AtFacility & { id: string; code: string; name: string },
): Promise<void> {
  await connection.query(
    "INSERT INTO service_point (tenant_id, id, facility_id, code, name) VALUES ($1, $2, $3, $4, $5)",
    [tenantId, id, facilityId, code, name],
  );
}

/** Writes the point where it is still of that version; answers whether it was. */
export async function updatePoint(
  connection: Connection,
  point: AtFacility & { id: string; version: number; code: string; name: string; isActive: boolean },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE service_point SET code = $5, name = $6, is_active = $7, version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND facility_id = $2 AND id = $3 AND version = $4`,
    [point.tenantId, point.facilityId, point.id, point.version, point.code, point.name, point.isActive],
  );
  return rowCount === 1;
}

/** The screens of a facility that are not taken down. */
export async function listDisplays(connection: Connection, { tenantId, facilityId }: AtFacility): Promise<Display[]> {
  const { rows } = await connection.query<Display>(
    `SELECT id, name, ${iso("created_at")} AS "createdAt" FROM waiting_display WHERE tenant_id = $1 AND facility_id = $2 AND revoked_at IS NULL ORDER BY created_at LIMIT 100`,
    [tenantId, facilityId],
  );
  return rows;
}

export async function insertDisplay(
  connection: Connection,
  display: AtFacility & { id: string; name: string; tokenHash: Uint8Array; createdById: string },
): Promise<void> {
  await connection.query(
    "INSERT INTO waiting_display (tenant_id, id, facility_id, name, token_hash, created_by_id) VALUES ($1, $2, $3, $4, $5, $6)",
    [
      display.tenantId,
      display.id,
      display.facilityId,
      display.name,
      Buffer.from(display.tokenHash),
      display.createdById,
    ],
  );
}

export async function revokeDisplay(
  connection: Connection,
  { tenantId, facilityId, id, now }: AtFacility & { id: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    "UPDATE waiting_display SET revoked_at = $4 WHERE tenant_id = $1 AND facility_id = $2 AND id = $3 AND revoked_at IS NULL",
    [tenantId, facilityId, id, now],
  );
  return rowCount === 1;
}

/** What the display of that secret shows: numbers and places only; null where there is none. */
export async function readBoard(
  connection: Connection,
  { tenantId, tokenHash, now }: { tenantId: string; tokenHash: Uint8Array; now: Date },
): Promise<Board | null> {
  const { rows } = await connection.query<Board>(
    `SELECT f.name AS "facilityName", f.time_zone AS "timeZone", ${iso("$3::timestamptz")} AS at,
            (SELECT COALESCE(jsonb_agg(c ORDER BY c."calledAt" DESC), '[]') FROM (
               SELECT q.ticket, s.name AS place, ${iso("q.called_at")} AS "calledAt" FROM queue_entry q
                 JOIN service_point s ON s.tenant_id = q.tenant_id AND s.id = q.service_point_id
                WHERE q.tenant_id = d.tenant_id AND q.facility_id = d.facility_id AND q.status = 'CALLED' ORDER BY q.called_at DESC LIMIT 8) c) AS called,
            (SELECT COALESCE(jsonb_agg(jsonb_build_object('ticket', w.ticket)), '[]') FROM (
               SELECT q.ticket FROM queue_entry q WHERE q.tenant_id = d.tenant_id AND q.facility_id = d.facility_id AND q.status = 'WAITING'
                ORDER BY q.ticket LIMIT 40) w) AS waiting
       FROM waiting_display d JOIN facility f ON f.tenant_id = d.tenant_id AND f.id = d.facility_id
      WHERE d.tenant_id = $1 AND d.token_hash = $2 AND d.revoked_at IS NULL`,
    [tenantId, Buffer.from(tokenHash), now],
  );
  return rows[0] ?? null;
}
