import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildAddon } from "../setup/addon.ts";
import { environment } from "../setup/environment.ts";
import { lockFolder } from "../setup/folder-lock.ts";
import { prepare } from "../setup/prepare.ts";
import { dataFolder, inProject, root } from "../setup/project.ts";
import { apiEnvironment } from "../supervise/product.ts";
import { runCommand } from "./run-command.ts";

/** `npm run bench -- native [library …]` measures the C core; with any other arguments, or none, the API is measured. */
await runCommand(() => (process.argv[2] === "native" ? benchNative(process.argv.slice(3)) : benchApi()));

async function benchNative(libraries: readonly string[]): Promise<number> {
  await buildAddon(dataFolder(environment().INFIRMARY_DATA).setupLog);
  return runBench(inProject("packages/native/bench/main.ts"), libraries);
}

/**
 * Runs apps/api/bench/main.ts (else every file there) with the arguments, against a database of its own in the data
 * folder's `bench`, which is kept so that filling it is paid for once.
 */
async function benchApi(): Promise<number> {
  const env = environment();
  const data = dataFolder(join(env.INFIRMARY_DATA, "bench"));
  const lock = await lockFolder(data.lock, "npm run bench");
  const parts = await prepare({ env, data, hasDemo: false, isDevelopment: true });
  try {
    let code = 0;
    for (const file of benchFiles(inProject("apps/api/bench"))) {
      const settings = { ...apiEnvironment({ ...parts, isDevelopment: false }), DATABASE_URL: parts.database.ownerUrl };
      code ||= await runBench(file, process.argv.slice(2), settings);
    }
    return code;
  } finally {
    await parts.database.stop();
    lock.release();
  }
}

function benchFiles(folder: string): string[] {
  const main = join(folder, "main.ts");
  if (existsSync(main)) return [main];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(folder, name));
}

function runBench(file: string, args: readonly string[], env?: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: "inherit", ...(env && { env }) });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
