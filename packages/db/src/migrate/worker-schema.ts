import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { APP_ROLE } from "../roles/index.ts";

/**
 * Brings the job queue's schema (`graphile_worker`) up to date as the owner and lets the application's role use it:
 * API and worker add, take and finish jobs without owning a table.
 */
export async function migrateWorkerSchema(ownerUrl: string): Promise<void> {
  const logger = new Logger(() => () => undefined);
  await runMigrations({ connectionString: ownerUrl, logger });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(GRANTS);
  } finally {
    await owner.end();
  }
}

/**
 * The queue's tables have row-level security on and no policy, so that nobody but their owner sees a row: grants alone
 * would leave the application an empty queue. Written to be run again after every upgrade of the library.
 */
const GRANTS = `
  GRANT USAGE ON SCHEMA graphile_worker TO ${APP_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO ${APP_ROLE};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO ${APP_ROLE};
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO ${APP_ROLE};
  DO $$
  DECLARE name text;
  BEGIN
    FOR name IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relrowsecurity
    LOOP
      EXECUTE format('DROP POLICY IF EXISTS ${APP_ROLE}_all ON graphile_worker.%I', name);
      EXECUTE format('CREATE POLICY ${APP_ROLE}_all ON graphile_worker.%I TO ${APP_ROLE} USING (true) WITH CHECK (true)', name);
    END LOOP;
  END $$;
`;
