import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PlainError } from "../boot/plain-error.mjs";
import { environment } from "../setup/environment.ts";
import { ensureKeys } from "../setup/keys.ts";
import { type DataFolder, dataFolder } from "../setup/project.ts";
import { embeddedOwnerUrl } from "../setup/reach-database.ts";
import { runKeys } from "../setup/run-keys.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run keys:rotate [-- --tenant=<slug>]`, and `npm run keys -- rewrap|destroy-old|destroy`: works on the running product's database,
 * which goes on serving.
 */
await runCommand(async () => {
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const ownerUrl = env.DATABASE_URL ?? runningOwnerUrl(data);
  const keys = ensureKeys(env, data.keys, () => undefined);
  return runKeys(process.argv.slice(2), { keys, ownerUrl });
});

/** The running product's own database. */
function runningOwnerUrl(data: DataFolder): string {
  const password = join(data.keys, "database-owner-password");
  const port = join(data.path, "postgres", "port");
  if (!existsSync(password) || !existsSync(port) || !existsSync(data.lock))
    throw new PlainError("Start Infirmary first (npm start): the keys of its database are changed while it runs.");
  return embeddedOwnerUrl(data, readFileSync(port, "utf8").trim());
}
