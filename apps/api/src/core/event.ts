import type { Connection } from "@infirmary/db/client";
import { newId } from "./id.ts";
import type { Scope } from "./scope.ts";

/** What happened, for live screens: ids only, each reader fetches what it may see. `userId` addresses one person. */
export type EventInput = { name: string; orderId?: string | null; patientId?: string | null; userId?: string | null };
export type StoredEvent = {
  tenantId: string;
  id: string;
  name: string;
  orderId: string | null;
  patientId: string | null;
  userId: string | null;
  at: string;
};

/** The event with its id and time. */
export function toStored(scope: Scope, event: EventInput): StoredEvent {
  return {
    tenantId: scope.tenantId,
    id: newId(),
    name: event.name,
    orderId: event.orderId ?? null,
    patientId: event.patientId ?? null,
    userId: event.userId ?? null,
    at: new Date().toISOString(),
  };
}

/** Stores the events in the running transaction. */
export async function writeEvents(connection: Connection, events: readonly StoredEvent[]): Promise<void> {
  if (events.length === 0) return;
  await connection.query({
    name: "events",
    text: `INSERT INTO event (tenant_id, id, name, order_id, patient_id, user_id, at)
           SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[])`,
    values: [
      events.map((e) => e.tenantId),
      events.map((e) => e.id),
      events.map((e) => e.name),
      events.map((e) => e.orderId),
      events.map((e) => e.patientId),
      events.map((e) => e.userId),
      events.map((e) => e.at),
    ],
  });
}
