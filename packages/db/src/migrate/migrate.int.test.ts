import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emptyDatabase, testDatabase } from "../../test-support/index.ts";
import { migrate } from "./index.ts";

const workspace = mkdtempSync(join(tmpdir(), "infirmary-migrations-"));
let ownerUrl: string;
let folder: string;
let run = 0;

beforeEach(async () => {
  ({ ownerUrl } = await emptyDatabase("migrate"));
  run += 1;
  folder = join(workspace, String(run));
  mkdirSync(folder, { recursive: true });
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

describe("migrate", () => {
  it("applies what is new, in order, and nothing twice", async () => {
    write("20260102000000_second", "ALTER TABLE ward ADD COLUMN beds int;");
    write("20260101000000_first", "CREATE TABLE ward (id int PRIMARY KEY);");
    expect(await migrate(ownerUrl, folder)).toEqual(["20260101000000_first", "20260102000000_second"]);
    expect(await migrate(ownerUrl, folder)).toEqual([]);
  });

  it("sends a script whole: semicolons in functions, strings and comments are not ends of statements", async () => {
    write(
      "20260101000000_function",
      `-- one; two
       CREATE FUNCTION greet() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a;b'; END $$;
       CREATE TABLE greeting AS SELECT greet() AS said;`,
    );
    await migrate(ownerUrl, folder);
    expect(await ask("SELECT said FROM greeting")).toEqual([{ said: "a;b" }]);
  });

  it("leaves nothing of a migration that fails, names it and its line, and refuses to go on", async () => {
    write("20260101000000_broken", "CREATE TABLE half (id int);\nCREATE TABLE half (id int);");
    await expect(migrate(ownerUrl, folder)).rejects.toThrow(/20260101000000_broken failed: .*"half" already exists/);
    expect(await ask("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
    await expect(migrate(ownerUrl, folder)).rejects.toThrow("failed halfway");
  });

  it("names the line of a syntax error", async () => {
    write("20260101000000_typo", "SELECT 1;\n\nCREATE TABEL x ();");
    await expect(migrate(ownerUrl, folder)).rejects.toThrow("(line 3)");
  });

  it("refuses a migration that was edited after it had been applied", async () => {
    write("20260101000000_first", "CREATE TABLE ward (id int);");
    await migrate(ownerUrl, folder);
    write("20260101000000_first", "CREATE TABLE ward (id bigint);");
    await expect(migrate(ownerUrl, folder)).rejects.toThrow("20260101000000_first was changed");
  });

  it("refuses a database that a newer Infirmary migrated", async () => {
    write("20260101000000_first", "CREATE TABLE ward (id int);");
    const older = `${folder}-older`;
    cpSync(folder, older, { recursive: true });
    write("20260201000000_later", "CREATE TABLE bed (id int);");
    await migrate(ownerUrl, folder);
    await expect(migrate(ownerUrl, older)).rejects.toThrow("newer Infirmary (it has 20260201000000_later)");
  });

  it("runs once when two programs start together", async () => {
    write("20260101000000_first", "CREATE TABLE ward (id int);");
    const applied = await Promise.all([migrate(ownerUrl, folder), migrate(ownerUrl, folder)]);
    expect(applied.flat()).toEqual(["20260101000000_first"]);
  });
});

describe("the application's role", () => {
  let app: pg.Client;
  beforeAll(async () => {
    app = new pg.Client({ connectionString: (await testDatabase()).appUrl });
    await app.connect();
  });
  afterAll(() => app.end());

  it("can add and see a job in the queue, whose tables it does not own", async () => {
    await app.query("SELECT graphile_worker.add_job('probe', '{}')");
    const { rows } = await app.query("SELECT task_identifier FROM graphile_worker.jobs");
    expect(rows).toEqual([{ task_identifier: "probe" }]);
  });

  it("owns nothing and cannot get around row-level security", async () => {
    const { rows } = await app.query(
      `SELECT rolsuper, rolbypassrls, (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned
         FROM pg_roles r WHERE rolname = current_user`,
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, owned: 0 }]);
  });
});

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

async function ask(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
