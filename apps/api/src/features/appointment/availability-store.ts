import type { Connection } from "@infirmary/db/client";
import type { Availability } from "@infirmary/shared/appointment";

type OfProvider = { tenantId: string; providerId: string };

export async function listAvailability(
  connection: Connection,
  { tenantId, providerId }: OfProvider,
): Promise<Availability[]> {
  const { rows } = await connection.query<Availability>(
    `SELECT a.id, a.facility_id AS "facilityId", f.time_zone AS "timeZone", a.provider_id AS "providerId", a.room_id AS "roomId", a.visit_type AS "visitType",
            a.weekday, a.start_minute AS "startMinute", a.end_minute AS "endMinute", a.slot_minutes AS "slotMinutes",
            a.valid_from::text AS "validFrom", a.valid_until::text AS "validUntil"
       FROM availability a JOIN facility f ON f.tenant_id = a.tenant_id AND f.id = a.facility_id
      WHERE a.tenant_id = $1 AND a.provider_id = $2 ORDER BY a.weekday, a.start_minute, a.id LIMIT 200`,
    [tenantId, providerId],
  );
  return rows;
}

/** A time that is not free: the provider's, or, where a room is named, only that room's. */
export type Taken = { start: Date; end: Date; roomId: string | null };

/**
 * When the provider is taken within the span, by appointments and absences, and when a room of the hours is, by anybody's appointment.
 * A provider is in one place at a time: appointments at other sites count, so this looks across facilities.
 */
export async function listTaken(
  connection: Connection,
  { tenantId, providerId, roomIds, from, to }: OfProvider & { roomIds: readonly string[]; from: string; to: string },
): Promise<Taken[]> {
  const { rows } = await connection.query<Taken>(
    `SELECT starts_at AS start, ends_at AS "end", NULL::uuid AS "roomId" FROM appointment
      WHERE tenant_id = $1 AND provider_id = $2 AND status IN ('BOOKED', 'CHECKED_IN') AND starts_at < $4 AND ends_at > $3
     UNION ALL
     SELECT starts_at, ends_at, room_id FROM appointment
      WHERE tenant_id = $1 AND room_id = ANY ($5::uuid[]) AND status IN ('BOOKED', 'CHECKED_IN') AND starts_at < $4 AND ends_at > $3
     UNION ALL
     SELECT starts_at, ends_at, NULL FROM availability_exception WHERE tenant_id = $1 AND provider_id = $2 AND starts_at < $4 AND ends_at > $3`,
    [tenantId, providerId, from, to, roomIds],
  );
  return rows;
}

export async function insertAvailability(
  connection: Connection,
  hours: OfProvider & Omit<Availability, "timeZone">,
): Promise<void> {
  await connection.query(
    `INSERT INTO availability (tenant_id, id, facility_id, provider_id, room_id, visit_type, weekday, start_minute, end_minute, slot_minutes, valid_from, valid_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      hours.tenantId,
      hours.id,
      hours.facilityId,
      hours.providerId,
      hours.roomId,
      hours.visitType,
      hours.weekday,
      hours.startMinute,
      hours.endMinute,
      hours.slotMinutes,
      hours.validFrom,
      hours.validUntil,
    ],
  );
}

export async function deleteAvailability(
  connection: Connection,
  { tenantId, id, facilityId }: { tenantId: string; id: string; facilityId: string },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    "DELETE FROM availability WHERE tenant_id = $1 AND id = $2 AND facility_id = $3",
    [tenantId, id, facilityId],
  );
  return rowCount === 1;
}

export async function insertAbsence(
  connection: Connection,
  absence: OfProvider & { id: string; start: string; end: string },
): Promise<void> {
  await connection.query(
    "INSERT INTO availability_exception (tenant_id, id, provider_id, starts_at, ends_at) VALUES ($1, $2, $3, $4, $5)",
    [absence.tenantId, absence.id, absence.providerId, absence.start, absence.end],
  );
}
