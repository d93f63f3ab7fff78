import { z } from "zod";
import type { Work } from "../../../core/unit-of-work.ts";

/** The job's name in the queue. */
export const sendResetTask = "send-reset-link";

/** For whom a link is asked: by what was typed, or by the person an administrator chose. */
export const resetJob = z.strictObject({
  for: z.union([z.strictObject({ login: z.string() }), z.strictObject({ tenantId: z.uuid(), userId: z.uuid() })]),
  requestId: z.string(),
  ip: z.string().nullable(),
});
export type ResetJob = z.infer<typeof resetJob>;

type Connection = { query(text: string, values: unknown[]): Promise<unknown> };

/** Puts the job into the queue, in the transaction of the connection if there is one. Mails go out one after the other. */
export async function enqueueReset(connection: Connection, job: ResetJob): Promise<void> {
  await connection.query(
    "SELECT graphile_worker.add_job($1, payload => $2::json, queue_name => 'mail', max_attempts => 6)",
    [sendResetTask, JSON.stringify(job)],
  );
}

/** Has a link sent to a person of the work's organisation, if the work is committed. */
export function enqueueResetFor(
  { connection, scope: { tenantId, requestId, ip } }: Work,
  userId: string,
): Promise<void> {
  return enqueueReset(connection, { for: { tenantId, userId }, requestId, ip });
}
