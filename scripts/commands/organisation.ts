import { environment } from "../setup/environment.ts";
import { ensureKeys } from "../setup/keys.ts";
import { dataFolder } from "../setup/project.ts";
import { reachDatabase } from "../setup/reach-database.ts";
import { runInSight } from "../setup/run-in-sight.ts";
import { apiEnvironment } from "../supervise/product.ts";
import { runCommand } from "./run-command.ts";

/** `npx infirmary organisation --slug=… …`: adds an organisation with its first facility and administrator, beside the running product or not. */
await runCommand(async () => {
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const keys = ensureKeys(env, data.keys, () => undefined);
  const database = await reachDatabase(env, data, "npx infirmary organisation");
  try {
    const api = apiEnvironment({ env, data, keys, appUrl: database.appUrl, hasDemo: false, isDevelopment: false });
    return await runInSight("apps/api/src/organisation/main.ts", process.argv.slice(2), api);
  } finally {
    await database.leave();
  }
});
