import { readdirSync } from "node:fs";
import { openDatabase } from "../../packages/db/src/client/index.ts";
import { inProject } from "../setup/project.ts";
import { attention, bad, type Finding, ok } from "./finding.ts";

const wanted: Record<string, string> = {
  fsync: "on",
  full_page_writes: "on",
  data_checksums: "on",
  row_security: "on",
};
const skewSecondsMax = 2;

/** Whether the database answers, keeps what it promises, has this version's schema, and agrees on the time. */
export async function lookAtDatabase(ownerUrl: string): Promise<Finding[]> {
  const database = openDatabase(ownerUrl, { applicationName: "infirmary-doctor", connectionsMax: 1 });
  const ask = async <Row extends object>(sql: string, values: unknown[] = []) =>
    (await database.pool.query<Row>(sql, values)).rows;
  try {
    const before = Date.now();
    const [server] = await ask<{ version: string; number: number; now: Date }>(
      "SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number, clock_timestamp() AS now",
    );
    if (!server) return [];
    const skew = Math.abs(server.now.getTime() - (before + Date.now()) / 2) / 1000;
    const settings = await ask<{ name: string; setting: string }>(
      "SELECT name, setting FROM pg_settings WHERE name = ANY ($1)",
      [Object.keys(wanted)],
    );
    const wrong = settings.filter(({ name, setting }) => wanted[name] !== setting).map(({ name }) => name);
    return [
      server.number >= 180_000
        ? ok("Database", `PostgreSQL ${server.version}`)
        : bad("Database", `PostgreSQL ${server.version}`, "Infirmary needs PostgreSQL 18 or newer."),
      wrong.length === 0
        ? ok("Durability", "what it acknowledges survives a power cut")
        : bad("Durability", `${wrong.join(", ")} not on`, "Switch them on, or acknowledged writes can be lost."),
      skew <= skewSecondsMax
        ? ok("Clock", "this machine and the database agree")
        : bad("Clock", `${Math.round(skew)} s apart from the database's`, "Let both follow the same time server."),
      ...(await lookAtSchema(ask)),
    ];
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return [bad("Database", `does not answer: ${code ?? message}`, "Is it started, and is DATABASE_URL right?")];
  } finally {
    await database.close();
  }
}

async function lookAtSchema(
  ask: <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>,
): Promise<Finding[]> {
  const [there] = await ask<{ there: boolean }>("SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there");
  if (!there?.there) return [attention("Schema", "empty", "npx infirmary start, or migrate, makes it.")];
  const done = new Set(
    (
      await ask<{ name: string }>("SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL")
    ).map(({ name }) => name),
  );
  const ours = readdirSync(inProject("packages/db/migrations"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const pending = ours.filter((name) => !done.has(name));
  const newer = [...done].filter((name) => !ours.includes(name));
  const schema =
    newer.length > 0
      ? bad("Schema", `newer than this version: ${newer[0]}`, "Run the version that made it.")
      : pending.length > 0
        ? attention(
            "Schema",
            `${pending.length} migrations behind`,
            "The next start, or npx infirmary migrate, applies them.",
          )
        : ok("Schema", `${done.size} migrations, none missing`);
  if (pending.length > 0 || newer.length > 0) return [schema];
  const [months] = await ask<{ ahead: number }>(
    `SELECT count(*)::int AS ahead FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'audit_entry'::regclass
       AND c.relname ~ '^audit_entry_\\d{4}_\\d{2}$' AND c.relname > to_char(now() AT TIME ZONE 'UTC', '"audit_entry_"YYYY_MM')`,
  );
  const ahead = months?.ahead ?? 0;
  return [
    schema,
    ahead > 0
      ? ok("Audit months", `${ahead} ahead`)
      : bad("Audit months", "next month has no partition", "Start the worker: its job audit-partitions makes it."),
  ];
}
