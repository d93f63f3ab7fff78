import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseEnv } from "node:util";
import { ensureDependencies } from "./dependencies.mjs";
import { PlainError, sayError } from "./plain-error.mjs";
import { isRuntime, runtimePath, runUnderRuntime } from "./runtime.mjs";
import { stopWithNpm } from "./watch-npm.mjs";

/** The project's folder, wherever the command was called from. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * The first half of every command, for a machine that has only some Node from 20.19 on and no node_modules: plain
 * built-ins until the dependencies are there, then the command itself (`commands/<name>.ts`) under Node 24.
 * @param {string} command a file of scripts/commands
 */
export async function boot(command) {
  try {
    refuseOldNode();
    readEnvFile();
    process.chdir(root);
    await ensureDependencies(root, join(root, process.env.INFIRMARY_DATA || ".data", "logs", "setup.log"));
    stopWithNpm();
    const script = join(root, "scripts", "commands", `${command}.ts`);
    process.env.PATH = `${dirname(runtimePath(root))}:${process.env.PATH ?? ""}`;
    if (isRuntime()) await import(pathToFileURL(script).href);
    else process.exitCode = await runUnderRuntime(root, script, process.argv.slice(2));
  } catch (error) {
    sayError(error);
    process.exit(1);
  }
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new PlainError(`Infirmary needs Node 20.19 or newer to start; this is ${process.versions.node}.`);
}

/** `.env` fills in what the environment does not set. */
function readEnvFile() {
  const file = join(root, ".env");
  if (existsSync(file)) process.env = { ...parseEnv(readFileSync(file, "utf8")), ...process.env };
}
