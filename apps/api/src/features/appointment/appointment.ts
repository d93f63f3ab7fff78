import type { Appointment, AppointmentList } from "@infirmary/shared/appointment";
import type { Page } from "@infirmary/shared/core";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import { openTexts } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { type AppointmentRow, findAppointment, listAppointmentRows } from "./store.ts";

function toAppointments({ platform, scope }: Work, rows: readonly AppointmentRow[]): Appointment[] {
  const texts = openTexts(
    platform.keys,
    { tenantId: scope.tenantId, table: "appointment" },
    ["cancel_reason_sealed"],
    rows,
  );
  return rows.map((row, index) => ({
    id: row.id,
    patientId: row.patient_id,
    patient: {
      mrn: row.mrn,
      firstName: row.first_name,
      lastName: row.last_name,
      dateOfBirth: row.date_of_birth,
      gender: row.gender,
    },
    providerId: row.provider_id,
    providerName: row.provider_name,
    roomId: row.room_id,
    roomName: row.room_name,
    facilityId: row.facility_id,
    facilityName: row.facility_name,
    timeZone: row.time_zone,
    visitType: row.visit_type,
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    status: row.status,
    cancelReason: texts[index]?.cancel_reason_sealed ?? null,
    encounterId: row.encounter_id,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}

/** One appointment, or `not-found`. @param isHeld holds it for this transaction */
export async function loadAppointment(
  work: Work,
  { id, isHeld = false }: { id: string; isHeld?: boolean },
): Promise<Appointment> {
  const row = await findAppointment(work.connection, { tenantId: work.scope.tenantId, id, isHeld });
  const [appointment] = row ? toAppointments(work, [row]) : [];
  if (!appointment) throw new AppError("not-found");
  return appointment;
}

const keys = z.strictObject({ starts_at_exact: exactTime, id: z.uuid() });

/** A page of appointments by their time: of the facility worked at, or of one patient. The patients shown stand in the audit entry. */
export async function listAppointments(
  work: Work,
  { limit, cursor, providerId, roomId, patientId, from, to }: AppointmentList,
): Promise<Page<Appointment>> {
  const { connection, scope, audit } = work;
  const rows = await listAppointmentRows(
    connection,
    {
      tenantId: scope.tenantId,
      facilityId: patientId ? undefined : scope.actor?.facility.id,
      providerId,
      roomId,
      patientId,
      from,
      to,
    },
    { after: decodeCursor(cursor, keys), limit: limit + 1 },
  );
  const page = pageFrom(
    rows,
    limit,
    (row) => row,
    (row) => ({ starts_at_exact: row.starts_at_exact, id: row.id }),
  );
  const items = toAppointments(work, page.items);
  const patientIds = [...new Set(items.map((item) => item.patientId))];
  if (patientIds.length > 0)
    audit({ action: "appointment.list", entity: "appointment", patientId: patientId ?? null, after: { patientIds } });
  return { items, nextCursor: page.nextCursor };
}
