import { spawn } from "node:child_process";
import { join } from "node:path";
import { ambient, environment } from "../setup/environment.ts";
import { ensureKeys } from "../setup/keys.ts";
import { dataFolder, inProject, root } from "../setup/project.ts";
import { reachDatabase } from "../setup/reach-database.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run audit:verify`: checks the whole audit log of every organisation against its seals and anchors, while the product
 * runs or not, and names what is not as it was written. Ends with 0, or with 1 where something was found.
 */
await runCommand(async () => {
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const keys = ensureKeys(env, data.keys, () => undefined);
  const anchors = env.AUDIT_ANCHOR_FILE ?? join(data.path, "audit", "anchors.jsonl");
  const database = await reachDatabase(env, data, "npm run audit:verify");
  try {
    const command = [
      inProject("apps/api/src/audit-verifier/main.ts"),
      `--mac-key=${keys.AUDIT_MAC_KEY_FILE}`,
      `--seal-keys=${keys.AUDIT_SEAL_KEY_FILE}`,
      `--anchors=${anchors}`,
      `--anchor-place=file ${anchors}`,
      ...process.argv.slice(2),
    ];
    const child = spawn(process.execPath, command, {
      cwd: root,
      stdio: "inherit",
      env: { ...ambient(), DATABASE_APP_URL: database.appUrl },
    });
    return await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => resolve(code ?? 2));
    });
  } finally {
    await database.leave();
  }
});
