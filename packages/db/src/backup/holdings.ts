import pg from "pg";

/** What append-only tables hold, and when the newest entry was written: what a restore must not have less of. */
export interface Holdings {
  counts: Record<string, number>;
  newestAt: string | null;
}

/** Rows are only ever added to these, so that of two counts the later is never the smaller. */
const appendOnly = ["audit_entry", "audit_seal", "event", "hl7_message", "observation", "patient"];

/** Counts as the owner, whom row-level security does not bind. */
export async function countHoldings(ownerUrl: string): Promise<Holdings> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const counts: Record<string, number> = {};
    for (const table of appendOnly) {
      const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
      counts[table] = rows[0]?.count ?? 0;
    }
    const { rows } = await client.query<{ at: Date | null }>("SELECT max(at) AS at FROM audit_entry");
    return { counts, newestAt: rows[0]?.at?.toISOString() ?? null };
  } finally {
    await client.end();
  }
}

/** Which tables came back with less than was there before, as sentences. */
export function losses(before: Holdings, after: Holdings): string[] {
  return Object.entries(before.counts)
    .filter(([table, count]) => (after.counts[table] ?? 0) < count)
    .map(([table, count]) => `${table} has ${after.counts[table] ?? 0} rows, ${count} were there before the backup.`);
}
