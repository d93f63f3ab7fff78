import { spawn } from "node:child_process";
import { buildAddon } from "../setup/addon.ts";
import { generateClient } from "../setup/client.ts";
import { ambient, environment } from "../setup/environment.ts";
import { dataFolder, inProject, root } from "../setup/project.ts";
import { runCommand } from "./run-command.ts";

/** `npm run test:faults [-- rounds]`: kills listener, API and database, 20 rounds of each, while messages are sent; all must be there once. */
await runCommand(async () => {
  const { setupLog } = dataFolder(environment().INFIRMARY_DATA);
  await buildAddon(setupLog);
  await generateClient(setupLog);
  const child = spawn(
    process.execPath,
    [inProject("node_modules/vitest/vitest.mjs"), "run", "apps/api/test/faults.int.test.ts"],
    { cwd: root, stdio: "inherit", env: { ...ambient(), FAULT_ROUNDS: process.argv[2] ?? "20" } },
  );
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
});
