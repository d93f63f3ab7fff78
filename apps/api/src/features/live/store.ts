import type { Connection } from "@infirmary/db/client";
import type { StoredEvent } from "../../core/event.ts";

/** Ids are drawn before the commit, so a slow transaction can appear behind a later id: look this much further back. */
const overlap = "15 seconds";
const eventsMax = 500;

/** Events since the one named, with an overlap that the reader drops by id; the oldest first. */
export async function listEventsSince(
  connection: Connection,
  { tenantId, lastEventId }: { tenantId: string; lastEventId: string },
): Promise<StoredEvent[]> {
  const { rows } = await connection.query<Omit<StoredEvent, "at"> & { at: Date }>(
    `SELECT tenant_id AS "tenantId", id, name, order_id AS "orderId", patient_id AS "patientId", user_id AS "userId", encounter_id AS "encounterId", at,
            facility_ids AS "facilityIds", person_ids AS "personIds" FROM event
      WHERE tenant_id = $1 AND id <> $2::uuid AND at > COALESCE((SELECT at FROM event WHERE tenant_id = $1 AND id = $2::uuid), now()) - interval '${overlap}'
      ORDER BY at, id LIMIT ${eventsMax}`,
    [tenantId, lastEventId],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
