import type { Work } from "../unit-of-work.ts";

/**
 * Runs `fn` without the limits of facility and care team, within the tenant: for what has to know of patients elsewhere, as who is
 * registered already, or what a privacy officer reviews. What it finds is shown by decision, never by default. Nothing else of the same
 * work may run meanwhile: the limits are the transaction's.
 */
export async function acrossFacilities<T>({ connection, scope }: Work, fn: () => Promise<T>): Promise<T> {
  const limit = "SELECT set_config('app.facility_id', $1, true)";
  await connection.query(limit, [""]);
  // After a failure the transaction is over and its settings with it.
  const found = await fn();
  await connection.query(limit, [scope.actor?.facility.id ?? ""]);
  return found;
}
