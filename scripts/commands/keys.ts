import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PlainError } from "../boot/plain-error.mjs";
import { environment } from "../setup/environment.ts";
import { ensureKeys } from "../setup/keys.ts";
import { dataFolder, inProject, root } from "../setup/project.ts";
import { keyEnvironment } from "../setup/seal.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run keys:rotate [-- --tenant=<slug>]`, and `npm run keys -- rewrap|destroy-old|destroy`: works on the running product's database,
 * which goes on serving.
 */
await runCommand(async () => {
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const ownerUrl = env.DATABASE_URL ?? embeddedOwnerUrl(data.path);
  const keys = ensureKeys(env, data.keys, () => undefined);
  const child = spawn(process.execPath, [inProject("apps/api/src/keys/main.ts"), ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
    env: keyEnvironment(keys, ownerUrl),
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
});

/** The running product's own database. */
function embeddedOwnerUrl(folder: string): string {
  const password = join(folder, "keys", "database-owner-password");
  const port = join(folder, "postgres", "port");
  if (!existsSync(password) || !existsSync(port) || !existsSync(join(folder, "running.json")))
    throw new PlainError("Start Infirmary first (npm start): the keys of its database are changed while it runs.");
  const read = (file: string) => readFileSync(file, "utf8").trim();
  return `postgresql://infirmary_owner:${read(password)}@127.0.0.1:${read(port)}/infirmary`;
}
