import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { environment } from "../setup/environment.ts";
import { lockFolder } from "../setup/folder-lock.ts";
import { prepare } from "../setup/prepare.ts";
import { dataFolder, inProject, root } from "../setup/project.ts";
import { apiEnvironment } from "../supervise/product.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run bench -- [arguments]`: runs apps/api/bench/main.ts (else every file there) with the arguments, against a
 * database of its own in the data folder's `bench`, which is kept so that filling it is paid for once.
 */
await runCommand(async () => {
  const env = environment();
  const data = dataFolder(join(env.INFIRMARY_DATA, "bench"));
  const lock = await lockFolder(data.lock, "npm run bench");
  const parts = await prepare({ env, data, hasDemo: false, isDevelopment: true });
  try {
    let code = 0;
    for (const file of benchFiles(inProject("apps/api/bench"))) {
      const settings = { ...apiEnvironment({ ...parts, isDevelopment: false }), DATABASE_URL: parts.database.ownerUrl };
      code ||= await runBench(file, settings);
    }
    return code;
  } finally {
    await parts.database.stop();
    lock.release();
  }
});

function benchFiles(folder: string): string[] {
  const main = join(folder, "main.ts");
  if (existsSync(main)) return [main];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(folder, name));
}

function runBench(file: string, env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [file, ...process.argv.slice(2)], { cwd: root, stdio: "inherit", env });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
