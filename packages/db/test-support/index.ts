import pg from "pg";

/** A database of one test file: the newest schema, no rows. */
export interface TestDatabase {
  /** Signs in as the owner: for preparing and inspecting. Row-level security does not bind it. */
  ownerUrl: string;
  /** Signs in as `infirmary_app`, as API and worker do: for the code under test. */
  appUrl: string;
}

let made: Promise<TestDatabase> | undefined;

/**
 * The calling test file's own database, cloned from the migrated template at the first call. It is replaced when the
 * next file runs in the same worker, so there is nothing to clean up; close your own connections.
 */
export function testDatabase(): Promise<TestDatabase> {
  made ??= cloneTemplate(`test_${process.env.VITEST_POOL_ID ?? process.pid}`);
  return made;
}

/** A second, empty database on the same server, for tests of the migrations themselves. Drops an older one of the name. */
export async function emptyDatabase(suffix: string): Promise<TestDatabase> {
  return create(`test_${process.env.VITEST_POOL_ID ?? process.pid}_${suffix}`, "template0");
}

async function cloneTemplate(name: string): Promise<TestDatabase> {
  return create(name, new URL(fromEnv("TEST_DATABASE_OWNER_URL")).pathname.slice(1));
}

async function create(name: string, template: string): Promise<TestDatabase> {
  const ownerUrl = fromEnv("TEST_DATABASE_OWNER_URL");
  const client = new pg.Client({ connectionString: withDatabase(ownerUrl, "postgres") });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  } finally {
    await client.end();
  }
  return { ownerUrl: withDatabase(ownerUrl, name), appUrl: withDatabase(fromEnv("TEST_DATABASE_APP_URL"), name) };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function fromEnv(name: "TEST_DATABASE_OWNER_URL" | "TEST_DATABASE_APP_URL"): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests through the root's vitest.config.ts.`);
  return value;
}
