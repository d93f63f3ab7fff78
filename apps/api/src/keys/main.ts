import { parseArgs } from "node:util";
import { openDatabase } from "@infirmary/db/client";
import { openFieldKeys, readKey } from "../core/build-platform.ts";
import { EnvError, readEnv } from "../core/env.ts";
import { runKeyCommand } from "./run-key-command.ts";

/** `node apps/api/src/keys/main.ts settle|rotate|verify|rewrap|destroy-old|destroy [--tenant=<slug>] [--yes]`, as the schema's owner. */
try {
  const env = readEnv();
  const { DATABASE_URL, FIELD_KEYS_FILE, INDEX_KEY_FILE, AUDIT_MAC_KEY_FILE } = env;
  if (!DATABASE_URL || !FIELD_KEYS_FILE || !INDEX_KEY_FILE || !AUDIT_MAC_KEY_FILE)
    throw new EnvError(
      "Set DATABASE_URL, FIELD_KEYS_FILE, INDEX_KEY_FILE and AUDIT_MAC_KEY_FILE: they say where values and keys are.",
    );
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { tenant: { type: "string" }, yes: { type: "boolean", default: false } },
  });
  const database = openDatabase(DATABASE_URL, { applicationName: "infirmary-keys", connectionsMax: 4 });
  const keys = openFieldKeys(database.pool, { fieldKeys: FIELD_KEYS_FILE, indexKey: INDEX_KEY_FILE });
  try {
    process.exitCode = await runKeyCommand(
      {
        database,
        keys,
        auditKey: readKey(AUDIT_MAC_KEY_FILE),
        print: (line) => process.stdout.write(line),
        isTerminal: process.stdout.isTTY === true,
      },
      { command: positionals[0] ?? "rotate", tenantSlug: values.tenant ?? null, isConfirmed: values.yes },
    );
  } finally {
    await keys.close();
    await database.close();
  }
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
