import type { Connection } from "@infirmary/db/client";

type Scoped = { tenantId: string };
/** How long before the appointment its reminder goes out; who books later than that knows. */
const ahead = "interval '24 hours'";

/**
 * Makes the reminder fit the appointment as it is now: due while it is booked and far enough off, called off otherwise. One that has gone
 * out for this very time stays sent.
 */
export async function planReminder(
  connection: Connection,
  { tenantId, id, now }: Scoped & { id: string; now: Date },
): Promise<void> {
  await connection.query({
    name: "reminder-plan",
    text: `INSERT INTO appointment_reminder AS r (tenant_id, appointment_id, patient_id, due_at, starts_at, status)
           SELECT tenant_id, id, patient_id, starts_at - ${ahead}, starts_at,
                  CASE WHEN status = 'BOOKED' AND starts_at - ${ahead} > $3 THEN 'DUE' ELSE 'CANCELLED' END
             FROM appointment WHERE tenant_id = $1 AND id = $2
           ON CONFLICT (tenant_id, appointment_id) DO UPDATE SET due_at = excluded.due_at, starts_at = excluded.starts_at, status = excluded.status,
             attempts = 0, changed_at = now()
           WHERE NOT (r.status IN ('SENT', 'SENDING') AND (r.starts_at = excluded.starts_at OR excluded.status = 'CANCELLED'))`,
    values: [tenantId, id, now],
  });
}

export type Due = {
  appointmentId: string;
  patientId: string;
  startsAt: Date;
  attempts: number;
  facilityName: string;
  facilityAddress: string | null;
  timeZone: string;
};

/** Takes reminders that are due for this process alone, a few at a time; of two processes each gets others. */
export async function claimDue(
  connection: Connection,
  { tenantId, now, limit }: Scoped & { now: Date; limit: number },
): Promise<Due[]> {
  const { rows } = await connection.query<Due>(
    `WITH due AS (
       SELECT r.appointment_id FROM appointment_reminder r JOIN appointment a ON a.tenant_id = r.tenant_id AND a.id = r.appointment_id
        WHERE r.tenant_id = $1 AND r.status = 'DUE' AND r.due_at <= $2 AND a.status = 'BOOKED' AND a.starts_at > $2
        ORDER BY r.due_at LIMIT $3 FOR UPDATE OF r SKIP LOCKED)
     UPDATE appointment_reminder r SET status = 'SENDING', attempts = r.attempts + 1, changed_at = $2
       FROM due, appointment a, facility f
      WHERE r.tenant_id = $1 AND r.appointment_id = due.appointment_id AND a.tenant_id = $1 AND a.id = r.appointment_id AND f.tenant_id = $1 AND f.id = a.facility_id
     RETURNING r.appointment_id AS "appointmentId", r.patient_id AS "patientId", a.starts_at AS "startsAt", r.attempts, f.name AS "facilityName",
       f.address AS "facilityAddress", f.time_zone AS "timeZone"`,
    [tenantId, now, limit],
  );
  return rows;
}

/** Says what became of a reminder that was taken; `dueAt` for one that is tried again. */
export async function settleReminder(
  connection: Connection,
  reminder: Scoped & { id: string; status: "SENT" | "DUE" | "FAILED" | "NO_ADDRESS"; now: Date; dueAt: Date | null },
): Promise<void> {
  await connection.query(
    `UPDATE appointment_reminder SET status = $3, changed_at = $4, due_at = COALESCE($5, due_at)
      WHERE tenant_id = $1 AND appointment_id = $2 AND status = 'SENDING'`,
    [reminder.tenantId, reminder.id, reminder.status, reminder.now, reminder.dueAt],
  );
}

/** Gives up what a process took and never settled: whether it went out is not known, and nobody is reminded twice. */
export async function giveUpStuck(
  connection: Connection,
  { tenantId, before }: Scoped & { before: Date },
): Promise<{ appointmentId: string; patientId: string }[]> {
  const { rows } = await connection.query<{ appointmentId: string; patientId: string }>(
    `UPDATE appointment_reminder SET status = 'FAILED', changed_at = now() WHERE tenant_id = $1 AND status = 'SENDING' AND changed_at < $2
     RETURNING appointment_id AS "appointmentId", patient_id AS "patientId"`,
    [tenantId, before],
  );
  return rows;
}
