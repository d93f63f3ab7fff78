import type { Connection } from "@infirmary/db/client";
import type { QueueEntry, QueuePriority, QueueStatus } from "@infirmary/shared/queue";

type ById = { tenantId: string; id: string };
type AtFacility = { tenantId: string; facilityId: string };

/** What an entry was before its last step, and who took the step when. */
export type QueueUndo = {
  at: string;
  byId: string;
  before: {
    status: QueueStatus;
    servicePointId: string | null;
    priority: QueuePriority;
    waitingSince: string;
    calledAt: string | null;
  };
};
export type QueueRow = QueueEntry & { facilityId: string; undo: QueueUndo | null };

const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const select = `
  SELECT q.id, q.ticket, q.patient_id AS "patientId", q.facility_id AS "facilityId", q.encounter_id AS "encounterId", q.undo, q.version,
         jsonb_build_object('mrn', p.mrn, 'firstName', p.first_name, 'lastName', p.last_name, 'dateOfBirth', p.date_of_birth, 'gender', p.gender) AS patient,
         q.service_point_id AS "servicePointId", s.name AS "servicePointName", q.priority, q.status, ${iso("q.waiting_since")} AS "waitingSince",
         ${iso("q.called_at")} AS "calledAt", e.score_risk AS risk
    FROM queue_entry q
    JOIN patient p ON p.tenant_id = q.tenant_id AND p.id = q.patient_id
    JOIN encounter e ON e.tenant_id = q.tenant_id AND e.id = q.encounter_id
    LEFT JOIN service_point s ON s.tenant_id = q.tenant_id AND s.id = q.service_point_id`;
/** The order of calling: priority, then who has waited longest. */
const inOrder = `array_position(ARRAY['EMERGENCY', 'URGENT', 'ROUTINE'], q.priority), q.waiting_since, q.id`;
/** More than any waiting room holds. */
const openMax = 300;

/** Who waits or is called at a facility, in the order of calling. */
export async function listOpen(connection: Connection, { tenantId, facilityId }: AtFacility): Promise<QueueRow[]> {
  const { rows } = await connection.query<QueueRow>({
    name: "queue-open",
    text: `${select} WHERE q.tenant_id = $1 AND q.facility_id = $2 AND q.status IN ('WAITING', 'CALLED') ORDER BY ${inOrder} LIMIT ${openMax}`,
    values: [tenantId, facilityId],
  });
  return rows;
}

/** @param isHeld holds the row for this transaction, so that two steps of it queue */
export async function findEntry(
  connection: Connection,
  { tenantId, id, isHeld = false }: ById & { isHeld?: boolean },
): Promise<QueueRow | null> {
  const { rows } = await connection.query<QueueRow>(
    `${select} WHERE q.tenant_id = $1 AND q.id = $2${isHeld ? " FOR UPDATE OF q" : ""}`,
    [tenantId, id],
  );
  return rows[0] ?? null;
}

/** The first who waits for a service point or for whichever is free, held for this transaction; two calls at once get two people. */
export async function holdNext(
  connection: Connection,
  { tenantId, facilityId, servicePointId }: AtFacility & { servicePointId: string },
): Promise<QueueRow | null> {
  const { rows } = await connection.query<QueueRow>(
    `${select} WHERE q.tenant_id = $1 AND q.facility_id = $2 AND q.status = 'WAITING' AND (q.service_point_id = $3 OR q.service_point_id IS NULL)
      ORDER BY ${inOrder} LIMIT 1 FOR UPDATE OF q SKIP LOCKED`,
    [tenantId, facilityId, servicePointId],
  );
  return rows[0] ?? null;
}

/** The next number of a facility's day, by its own clock. */
export async function nextTicket(
  connection: Connection,
  { tenantId, facilityId, now }: AtFacility & { now: Date },
): Promise<{ day: string; last: number }> {
  const { rows } = await connection.query<{ day: string; last: number }>({
    name: "queue-ticket",
    text: `INSERT INTO queue_counter (tenant_id, facility_id, day, last)
           SELECT $1, $2, ($3::timestamptz AT TIME ZONE f.time_zone)::date, 1 FROM facility f WHERE f.tenant_id = $1 AND f.id = $2
           ON CONFLICT (tenant_id, facility_id, day) DO UPDATE SET last = queue_counter.last + 1
           RETURNING day::text, last`,
    values: [tenantId, facilityId, now],
  });
  const [row] = rows;
  if (!row) throw new Error("A visit takes place at a facility that exists.");
  return row;
}

export async function insertEntry(
  connection: Connection,
  entry: ById & { facilityId: string; encounterId: string; patientId: string; ticket: string; day: string; now: Date },
): Promise<void> {
  await connection.query({
    name: "queue-insert",
    text: `INSERT INTO queue_entry (tenant_id, id, facility_id, encounter_id, patient_id, ticket, day, waiting_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      entry.tenantId,
      entry.id,
      entry.facilityId,
      entry.encounterId,
      entry.patientId,
      entry.ticket,
      entry.day,
      entry.now,
    ],
  });
}

export type QueueChange = {
  status: QueueStatus;
  servicePointId: string | null;
  priority: QueuePriority;
  waitingSince: string;
  calledAt: string | null;
  undo: QueueUndo | null;
};

/** Writes an entry that this transaction holds. */
export async function changeEntry(connection: Connection, { tenantId, id }: ById, change: QueueChange): Promise<void> {
  await connection.query({
    name: "queue-change",
    text: `UPDATE queue_entry SET status = $3, service_point_id = $4, priority = $5, waiting_since = $6, called_at = $7, undo = $8,
             version = version + 1, updated_at = now() WHERE tenant_id = $1 AND id = $2`,
    values: [
      tenantId,
      id,
      change.status,
      change.servicePointId,
      change.priority,
      change.waitingSince,
      change.calledAt,
      change.undo ? JSON.stringify(change.undo) : null,
    ],
  });
}

/** Takes a visit out of the queue; answers the entry that was open. */
export async function closeEntry(
  connection: Connection,
  { tenantId, encounterId, status }: { tenantId: string; encounterId: string; status: "SERVED" | "LEFT" },
): Promise<string | null> {
  const { rows } = await connection.query<{ id: string }>({
    name: "queue-close",
    text: `UPDATE queue_entry SET status = $3, undo = NULL, version = version + 1, updated_at = now()
            WHERE tenant_id = $1 AND encounter_id = $2 AND status IN ('WAITING', 'CALLED') RETURNING id`,
    values: [tenantId, encounterId, status],
  });
  return rows[0]?.id ?? null;
}
