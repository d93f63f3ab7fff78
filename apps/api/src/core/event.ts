import type { Connection } from "@infirmary/db/client";
import { newId } from "./id.ts";
import type { Scope } from "./scope.ts";

/** What happened, for live screens: ids only, each reader fetches what it may see. `userId` addresses one person. */
export type EventInput = {
  name: string;
  orderId?: string | null;
  patientId?: string | null;
  userId?: string | null;
  encounterId?: string | null;
  /** The record it is about, where it is neither the order nor the encounter. */
  subjectId?: string | null;
  /** Codes and numbers that a timeline says it with; never free text, never a name. Not told live. */
  detail?: Record<string, string | number | boolean | null> | null;
};
export type StoredEvent = {
  tenantId: string;
  id: string;
  name: string;
  orderId: string | null;
  patientId: string | null;
  userId: string | null;
  encounterId: string | null;
  at: string;
  /** Whose patient it was then; null where the event is about no patient. */
  facilityIds: string[] | null;
  personIds: string[] | null;
};
/** The same with what only the table keeps. */
export type EventRow = StoredEvent & { actorId: string | null; subjectId: string | null; detail: string | null };

/** The event with its id, time and person. */
export function toRow(scope: Scope, event: EventInput): EventRow {
  return {
    tenantId: scope.tenantId,
    id: newId(),
    name: event.name,
    orderId: event.orderId ?? null,
    patientId: event.patientId ?? null,
    userId: event.userId ?? null,
    encounterId: event.encounterId ?? null,
    actorId: scope.actor?.userId ?? null,
    subjectId: event.subjectId ?? null,
    detail: event.detail ? JSON.stringify(event.detail) : null,
    at: new Date().toISOString(),
    facilityIds: null,
    personIds: null,
  };
}

/** What of an event goes out live. */
export function toStored({ actorId: _, subjectId: __, detail: ___, ...event }: EventRow): StoredEvent {
  return event;
}

/**
 * Stores the events in the running transaction, each with the facilities and people whose patient it is about; one addressed to a person
 * needs neither.
 */
export async function writeEvents(connection: Connection, events: EventRow[]): Promise<void> {
  if (events.length === 0) return;
  const { rows } = await connection.query<Pick<StoredEvent, "id" | "facilityIds" | "personIds">>({
    name: "events",
    text: `INSERT INTO event (tenant_id, id, name, order_id, patient_id, user_id, at, encounter_id, actor_id, subject_id, detail, facility_ids, person_ids)
           SELECT e.*, (SELECT p.facility_ids FROM patient p WHERE p.tenant_id = e.tenant_id AND p.id = e.patient_id AND e.user_id IS NULL),
                  CASE WHEN e.patient_id IS NOT NULL AND e.user_id IS NULL THEN ARRAY(SELECT c.user_id FROM care_team_member c
                     WHERE c.tenant_id = e.tenant_id AND c.patient_id = e.patient_id AND c.ended_at IS NULL) END
             FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::uuid[], $9::uuid[], $10::uuid[], $11::jsonb[])
                    e (tenant_id, id, name, order_id, patient_id, user_id, at, encounter_id, actor_id, subject_id, detail)
           RETURNING id, facility_ids AS "facilityIds", person_ids AS "personIds"`,
    values: [
      events.map((e) => e.tenantId),
      events.map((e) => e.id),
      events.map((e) => e.name),
      events.map((e) => e.orderId),
      events.map((e) => e.patientId),
      events.map((e) => e.userId),
      events.map((e) => e.at),
      events.map((e) => e.encounterId),
      events.map((e) => e.actorId),
      events.map((e) => e.subjectId),
      events.map((e) => e.detail),
    ],
  });
  for (const row of rows) Object.assign(events.find(({ id }) => id === row.id) ?? {}, row);
}
