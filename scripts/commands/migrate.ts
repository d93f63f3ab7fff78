import { readEnv } from "../../apps/api/src/core/env.ts";
import { migrate } from "../../packages/db/src/migrate/index.ts";
import { APP_ROLE, ensureAppRole } from "../../packages/db/src/roles/index.ts";
import { PlainError } from "../boot/plain-error.mjs";
import { runKeys } from "../setup/run-keys.ts";
import { runCommand } from "./run-command.ts";

/**
 * `node scripts/commands/migrate.ts`: brings a PostgreSQL of one's own to this version's schema, and makes the
 * application's role where DATABASE_APP_URL names `infirmary_app`. What `npm start` does by itself; where API and
 * worker run as containers it is a job of its own, with the owner's sign-in that they never see. What an older version kept readable it
 * seals.
 */
await runCommand(async () => {
  const env = readEnv();
  const { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl } = env;
  if (!ownerUrl) throw new PlainError("The environment variable DATABASE_URL is missing: the schema's owner.");
  if (!appUrl) throw new PlainError("The environment variable DATABASE_APP_URL is missing: the application's sign-in.");
  const { username, password } = new URL(appUrl);
  const isOurs = decodeURIComponent(username) === APP_ROLE;
  await ensureAppRole(isOurs ? { ownerUrl, password: decodeURIComponent(password) } : { ownerUrl, appUrl });
  const applied = await migrate(ownerUrl);
  process.stdout.write(
    applied.length === 0 ? "The schema is up to date.\n" : `Applied ${applied.length}: ${applied.join(", ")}.\n`,
  );
  const { FIELD_KEYS_FILE, INDEX_KEY_FILE, AUDIT_MAC_KEY_FILE } = env;
  if (!FIELD_KEYS_FILE || !INDEX_KEY_FILE || !AUDIT_MAC_KEY_FILE)
    throw new PlainError(
      "FIELD_KEYS_FILE, INDEX_KEY_FILE or AUDIT_MAC_KEY_FILE is missing: what an older version kept readable is sealed now.",
    );
  return runKeys(["settle"], { keys: { FIELD_KEYS_FILE, INDEX_KEY_FILE, AUDIT_MAC_KEY_FILE }, ownerUrl });
});
