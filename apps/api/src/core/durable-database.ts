import type { Connection } from "@infirmary/db/client";

/** What PostgreSQL must be set to for an acknowledged write to survive a power cut, and for damage to be noticed. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  fsync: ["on"],
  full_page_writes: ["on"],
  synchronous_commit: ["on", "remote_write", "remote_apply"],
  data_checksums: ["on"],
  row_security: ["on"],
};

/**
 * Refuses a database that would lose or corrupt what it acknowledged, or whose limits on statements did not arrive (a pooler can drop
 * them). @throws Error naming the settings
 */
export async function assertDurable(pool: { query: Connection["query"] }): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    "SELECT name, setting FROM pg_settings WHERE name = ANY ($1)",
    [[...Object.keys(wanted), "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"]],
  );
  const found = new Map(rows.map(({ name, setting }) => [name, setting]));
  const wrong = Object.entries(wanted).flatMap(([name, values]) =>
    values.includes(found.get(name) ?? "") ? [] : [`${name} is ${found.get(name)}, not ${values[0]}`],
  );
  for (const [name, maxMs] of [
    ["statement_timeout", 10_000],
    ["lock_timeout", 3_000],
    ["idle_in_transaction_session_timeout", 15_000],
  ] as const) {
    const setting = Number(found.get(name));
    if (!(setting > 0 && setting <= maxMs)) wrong.push(`${name} is ${setting} ms, not ${maxMs}`);
  }
  if (wrong.length > 0) throw new Error(`The database is not set up to keep what it promises: ${wrong.join("; ")}.`);
}
