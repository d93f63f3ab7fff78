import { PlainError } from "../boot/plain-error.mjs";
import { environment } from "../setup/environment.ts";
import { ensureKeys } from "../setup/keys.ts";
import { dataFolder } from "../setup/project.ts";
import { runningOwnerUrl } from "../setup/reach-database.ts";
import { runKeys } from "../setup/run-keys.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run keys:rotate [-- --tenant=<slug>]`, and `npm run keys -- rewrap|destroy-old|destroy`: works on the running product's database,
 * which goes on serving.
 */
await runCommand(async () => {
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const ownerUrl = env.DATABASE_URL ?? (await runningOwnerUrl(data));
  if (!ownerUrl)
    throw new PlainError("Start Infirmary first (npm start): the keys of its database are changed while it runs.");
  const keys = ensureKeys(env, data.keys, () => undefined);
  return runKeys(process.argv.slice(2), { keys, ownerUrl });
});
