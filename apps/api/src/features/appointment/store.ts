import type { Connection } from "@infirmary/db/client";
import type { AppointmentStatus, OverviewDay, OverviewQuery } from "@infirmary/shared/appointment";
import type { Gender } from "@infirmary/shared/patient";

type ById = { tenantId: string; id: string };

/** What an appointment was before its last step, and who took the step when. */
export type Undo = {
  at: string;
  byId: string;
  before: { status: AppointmentStatus; start: string; end: string; providerId: string; roomId: string | null };
};

export type AppointmentRow = {
  id: string;
  patient_id: string;
  mrn: string;
  first_name: string;
  last_name: string;
  date_of_birth: string;
  gender: Gender;
  provider_id: string;
  provider_name: string;
  room_id: string | null;
  room_name: string | null;
  facility_id: string;
  facility_name: string;
  time_zone: string;
  visit_type: string;
  starts_at: Date;
  ends_at: Date;
  status: AppointmentStatus;
  cancel_reason_sealed: Buffer | null;
  encounter_id: string | null;
  undo: Undo | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  /** The exact time as text, for cursors. */
  starts_at_exact: string;
};

const select = `
  SELECT a.id, a.patient_id, p.mrn, p.first_name, p.last_name, p.date_of_birth::text, p.gender, a.provider_id, u.full_name AS provider_name,
         a.room_id, r.name AS room_name, a.facility_id, f.name AS facility_name, f.time_zone, a.visit_type, a.starts_at, a.ends_at, a.status,
         a.cancel_reason_sealed, a.encounter_id, a.undo, a.version, a.created_at, a.updated_at, a.starts_at::text AS starts_at_exact
    FROM appointment a
    JOIN patient p ON p.tenant_id = a.tenant_id AND p.id = a.patient_id
    JOIN user_account u ON u.tenant_id = a.tenant_id AND u.id = a.provider_id
    JOIN facility f ON f.tenant_id = a.tenant_id AND f.id = a.facility_id
    LEFT JOIN location r ON r.tenant_id = a.tenant_id AND r.id = a.room_id`;

/** @param isHeld holds the row for this transaction, so that two steps of it queue */
export async function findAppointment(
  connection: Connection,
  { tenantId, id, isHeld = false }: ById & { isHeld?: boolean },
): Promise<AppointmentRow | null> {
  const { rows } = await connection.query<AppointmentRow>(
    `${select} WHERE a.tenant_id = $1 AND a.id = $2${isHeld ? " FOR UPDATE OF a" : ""}`,
    [tenantId, id],
  );
  return rows[0] ?? null;
}

export async function listAppointmentRows(
  connection: Connection,
  filter: {
    tenantId: string;
    facilityId: string | undefined;
    providerId: string | undefined;
    roomId: string | undefined;
    patientId: string | undefined;
    from: string | undefined;
    to: string | undefined;
  },
  page: { after: { starts_at_exact: string; id: string } | null; limit: number },
): Promise<AppointmentRow[]> {
  const values: unknown[] = [filter.tenantId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = ["a.tenant_id = $1"];
  if (filter.facilityId) conditions.push(`a.facility_id = ${bind(filter.facilityId)}`);
  if (filter.providerId) conditions.push(`a.provider_id = ${bind(filter.providerId)}`);
  if (filter.roomId) conditions.push(`a.room_id = ${bind(filter.roomId)}`);
  if (filter.patientId) conditions.push(`a.patient_id = ${bind(filter.patientId)}`);
  if (filter.from) conditions.push(`a.ends_at > ${bind(filter.from)}`);
  if (filter.to) conditions.push(`a.starts_at < ${bind(filter.to)}`);
  if (page.after)
    conditions.push(
      `(a.starts_at, a.id) > (${bind(page.after.starts_at_exact)}::timestamptz, ${bind(page.after.id)}::uuid)`,
    );
  const { rows } = await connection.query<AppointmentRow>(
    `${select} WHERE ${conditions.join(" AND ")} ORDER BY a.starts_at, a.id LIMIT ${bind(page.limit)}`,
    values,
  );
  return rows;
}

export async function insertAppointment(
  connection: Connection,
  appointment: ById & {
    facilityId: string;
    patientId: string;
    providerId: string;
    roomId: string | null;
    visitType: string;
    start: string;
    end: string;
    bookedById: string;
  },
): Promise<void> {
  await connection.query(
    `INSERT INTO appointment (tenant_id, id, facility_id, patient_id, provider_id, room_id, visit_type, starts_at, ends_at, status, booked_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'BOOKED', $10)`,
    [
      appointment.tenantId,
      appointment.id,
      appointment.facilityId,
      appointment.patientId,
      appointment.providerId,
      appointment.roomId,
      appointment.visitType,
      appointment.start,
      appointment.end,
      appointment.bookedById,
    ],
  );
}

export type AppointmentChange = {
  status?: AppointmentStatus;
  provider_id?: string;
  room_id?: string | null;
  visit_type?: string;
  starts_at?: string;
  ends_at?: string;
  encounter_id?: string | null;
  cancel_reason_sealed?: Buffer | null;
  undo?: Undo | null;
};

/** Writes the columns given to an appointment this transaction holds. */
export async function changeAppointment(
  connection: Connection,
  { tenantId, id }: ById,
  change: AppointmentChange,
): Promise<void> {
  const entries = Object.entries(change);
  const sets = entries.map(([column], index) => `${column} = $${index + 3}`);
  await connection.query(
    `UPDATE appointment SET ${[...sets, "version = version + 1", "updated_at = now()"].join(", ")} WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id, ...entries.map(([, value]) => value)],
  );
}

/** How many appointments each day of a facility has, by its clock; days without any are left out. */
export async function countDays(
  connection: Connection,
  { tenantId, facilityId, from, to, providerId, roomId }: OverviewQuery & { tenantId: string; facilityId: string },
): Promise<OverviewDay[]> {
  const { rows } = await connection.query<OverviewDay>({
    name: "appointment-days",
    text: `SELECT (a.starts_at AT TIME ZONE f.time_zone)::date::text AS date,
                  count(*) FILTER (WHERE a.status = 'BOOKED')::int AS booked, count(*) FILTER (WHERE a.status = 'CHECKED_IN')::int AS "checkedIn",
                  count(*) FILTER (WHERE a.status = 'NO_SHOW')::int AS "noShow", count(*) FILTER (WHERE a.status = 'CANCELLED')::int AS cancelled
             FROM appointment a JOIN facility f ON f.tenant_id = a.tenant_id AND f.id = a.facility_id
            WHERE a.tenant_id = $1 AND a.facility_id = $2 AND ($5::uuid IS NULL OR a.provider_id = $5) AND ($6::uuid IS NULL OR a.room_id = $6)
              AND a.starts_at >= $3::date::timestamp AT TIME ZONE f.time_zone AND a.starts_at < ($4::date + 1)::timestamp AT TIME ZONE f.time_zone
            GROUP BY 1 ORDER BY 1`,
    values: [tenantId, facilityId, from, to, providerId ?? null, roomId ?? null],
  });
  return rows;
}

/** Whether the person is an active doctor of the facility. */
export async function isProviderAt(
  connection: Connection,
  { tenantId, id, facilityId }: ById & { facilityId: string },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `SELECT 1 FROM membership m JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.user_id AND u.status = 'ACTIVE'
      WHERE m.tenant_id = $1 AND m.user_id = $2 AND m.facility_id = $3 AND m.role = 'doctor'`,
    [tenantId, id, facilityId],
  );
  return (rowCount ?? 0) > 0;
}

/** Whether it is a room of the facility that is in use. */
export async function isRoomAt(
  connection: Connection,
  { tenantId, id, facilityId }: ById & { facilityId: string },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    "SELECT 1 FROM location WHERE tenant_id = $1 AND id = $2 AND facility_id = $3 AND kind = 'ROOM' AND is_active",
    [tenantId, id, facilityId],
  );
  return rowCount === 1;
}

/** Who sees patients at a facility, and its rooms: what a calendar has columns for. */
export async function listResources(
  connection: Connection,
  { tenantId, facilityId }: { tenantId: string; facilityId: string },
): Promise<{ providers: { id: string; name: string }[]; rooms: { id: string; name: string }[] }> {
  const providers = await connection.query<{ id: string; name: string }>(
    `SELECT DISTINCT u.id, u.full_name AS name FROM membership m JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.user_id AND u.status = 'ACTIVE'
      WHERE m.tenant_id = $1 AND m.facility_id = $2 AND m.role = 'doctor' ORDER BY u.full_name, u.id LIMIT 100`,
    [tenantId, facilityId],
  );
  const rooms = await connection.query<{ id: string; name: string }>(
    "SELECT id, name FROM location WHERE tenant_id = $1 AND facility_id = $2 AND kind = 'ROOM' AND is_active ORDER BY name, id LIMIT 200",
    [tenantId, facilityId],
  );
  return { providers: providers.rows, rooms: rooms.rows };
}
