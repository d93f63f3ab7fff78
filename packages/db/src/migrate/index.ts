import { fileURLToPath } from "node:url";
import type { DiagnoseMigrationHistoryOutput } from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { withEngine } from "./engine.ts";
import { readMigrations } from "./read-migrations.ts";
import { migrateWorkerSchema } from "./worker-schema.ts";

/** Any number, the same in every Infirmary: two that start at once must not migrate at once. */
const MIGRATION_LOCK = 4_871_002_337;

const OWN_MIGRATIONS = fileURLToPath(new URL("../../migrations/", import.meta.url));

/**
 * Brings the database to the newest schema: applies what the migrations folder has and the database has not, in order,
 * and records it in `_prisma_migrations` exactly as `prisma migrate deploy` would. Then the job queue's own schema.
 * The role `infirmary_app` must exist (`ensureAppRole`).
 * @param ownerUrl signs in as the role that owns the schema
 * @param folder the migrations; default: this package's
 * @returns the names applied now, oldest first
 * @throws Error with a sentence for the operator when the history is broken or a migration fails; the failed one is
 *   recorded as such, nothing after it is tried
 */
export async function migrate(ownerUrl: string, folder: string = OWN_MIGRATIONS): Promise<string[]> {
  const lock = new pg.Client({ connectionString: ownerUrl });
  await lock.connect();
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const applied = await applyPending(ownerUrl, folder);
    await migrateWorkerSchema(ownerUrl);
    return applied;
  } finally {
    await lock.end();
  }
}

async function applyPending(ownerUrl: string, folder: string): Promise<string[]> {
  const migrationsList = readMigrations(folder);
  const filters = { externalTables: [], externalEnums: [] };
  try {
    return await withEngine(ownerUrl, async (engine) => {
      const state = await engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false });
      refuseBrokenHistory(state);
      return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
    });
  } catch (error) {
    throw explain(error);
  }
}

/** The engine's error is a Rust trace of a dozen lines; what the operator needs of it is the name and the server's answer. */
function explain(error: unknown): unknown {
  const text = error instanceof Error ? error.message : "";
  const [, name] = /migration_name="([^"]+)"/.exec(text) ?? [];
  const [, answer] = /ERROR: (.+)/.exec(text) ?? [];
  return name ? new Error(`Migration ${name} failed: ${answer ?? text}`, { cause: error }) : error;
}

function refuseBrokenHistory({ history, failedMigrationNames, editedMigrationNames }: DiagnoseMigrationHistoryOutput) {
  const [failed] = failedMigrationNames;
  if (failed) {
    throw new Error(
      `Migration ${failed} failed halfway in this database; repair it and mark it in _prisma_migrations.`,
    );
  }
  const [edited] = editedMigrationNames;
  if (edited) throw new Error(`Migration ${edited} was changed after it had been applied; add a new one instead.`);
  if (history === null || history.diagnostic === "databaseIsBehind") return;
  const unknown = history.unpersistedMigrationNames.join(", ");
  throw new Error(`The database was migrated by a newer Infirmary (it has ${unknown}); start that one.`);
}
