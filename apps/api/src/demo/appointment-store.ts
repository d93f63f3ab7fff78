import type { Connection } from "@infirmary/db/client";
import type { appointmentsOf } from "./appointments.ts";

/** Writes hours, appointments and their events: each table in one statement. */
export async function insertAppointments(
  connection: Connection,
  { tenantId, hours, rows, events }: { tenantId: string } & ReturnType<typeof appointmentsOf>,
): Promise<void> {
  const insert = async (text: string, values: readonly object[]) => {
    await connection.query(text, [tenantId, JSON.stringify(values)]);
  };
  await insert(
    `INSERT INTO availability (tenant_id, id, facility_id, provider_id, room_id, visit_type, weekday, start_minute, end_minute, slot_minutes, valid_from)
     SELECT $1, r.* FROM jsonb_to_recordset($2) r (id uuid, "facilityId" uuid, "providerId" uuid, "roomId" uuid, "visitType" text, weekday int,
       "startMinute" int, "endMinute" int, "slotMinutes" int, "validFrom" date)`,
    hours,
  );
  await insert(
    `INSERT INTO appointment (tenant_id, id, facility_id, patient_id, provider_id, room_id, visit_type, starts_at, ends_at, status, encounter_id, booked_by_id, created_at, updated_at)
     SELECT $1, r.*, r."createdAt" FROM jsonb_to_recordset($2) r (id uuid, "facilityId" uuid, "patientId" uuid, "providerId" uuid, "roomId" uuid, "visitType" text,
       "startsAt" timestamptz, "endsAt" timestamptz, status text, "encounterId" uuid, "bookedById" uuid, "createdAt" timestamptz)`,
    rows,
  );
  await insert(
    `INSERT INTO event (tenant_id, id, name, patient_id, actor_id, subject_id, detail, at)
     SELECT $1, id, 'appointment.booked', "patientId", "actorId", "subjectId", detail, at
       FROM jsonb_to_recordset($2) r (id uuid, at timestamptz, "actorId" uuid, "patientId" uuid, "subjectId" uuid, detail jsonb)`,
    events,
  );
}
