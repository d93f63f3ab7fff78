import type { Connection } from "@infirmary/db/client";

/**
 * For the rest of the transaction, each statement is planned once a connection and not once an execution. Statements with arrays are
 * otherwise planned anew every time, because the planner takes an array it cannot see for ten elements long; with policies of four
 * tables in it, a look-up takes 4 ms to plan and 0.1 ms to run. Only for statements that are look-ups by key whatever their parameters
 * are; sequential scans are out, so that a plan made while a table was empty serves when it is full.
 */
export async function keepPlans(connection: Connection): Promise<void> {
  await connection.query({
    name: "keep-plans",
    text: "SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)",
  });
}
