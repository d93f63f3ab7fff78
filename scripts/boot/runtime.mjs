import { spawn } from "node:child_process";
import { join } from "node:path";

const MAJOR = 24;

/** The Node that runs the product; it comes with the dependencies. @param {string} root */
export function runtimePath(root) {
  return join(root, "node_modules", "node", "bin", "node");
}

/** Whether this very process can run the product: a Node that takes TypeScript as it is. */
export function isRuntime() {
  return Number.parseInt(process.versions.node, 10) >= MAJOR;
}

/**
 * Runs a script under the product's Node with our screen and keyboard, and passes signals on. The channel between the
 * two tells the script when this process was killed.
 * @param {string} root
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export function runUnderRuntime(root, script, args) {
  const child = spawn(runtimePath(root), [script, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
