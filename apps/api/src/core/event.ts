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

/** Stores the events in the running transaction. */
export async function writeEvents(
  connection: Connection,
  scope: Scope,
  events: readonly EventInput[],
): Promise<StoredEvent[]> {
  if (events.length === 0) return [];
  const at = new Date().toISOString();
  const stored = events.map((event) => ({
    tenantId: scope.tenantId,
    id: newId(),
    name: event.name,
    orderId: event.orderId ?? null,
    patientId: event.patientId ?? null,
    userId: event.userId ?? null,
    at,
  }));
  await connection.query({
    name: "events",
    text: `INSERT INTO event (tenant_id, id, name, order_id, patient_id, user_id, at)
           SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[])`,
    values: [
      scope.tenantId,
      stored.map((e) => e.id),
      stored.map((e) => e.name),
      stored.map((e) => e.orderId),
      stored.map((e) => e.patientId),
      stored.map((e) => e.userId),
      stored.map((e) => e.at),
    ],
  });
  return stored;
}
