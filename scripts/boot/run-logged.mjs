import { spawn } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { PlainError } from "./plain-error.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Ends what `runLogged` is running, so that a stop during a long step need not wait for it. */
export function stopRunning() {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * Runs a command out of sight: everything it says goes to the end of `log`, and its last lines into the error when it
 * fails.
 * @param {string[]} command program and arguments
 * @param {{ cwd: string, log: string, env?: Record<string, string | undefined>, what: string }} options
 *   `what` names the job in the error: "The portal could not be built"
 * @returns {Promise<string>} what it said
 */
export async function runLogged([program = "", ...args], { cwd, log, env, what }) {
  mkdirSync(dirname(log), { recursive: true });
  appendFileSync(log, `\n> ${new Date().toISOString()} ${program} ${args.join(" ")}\n`);
  const from = readFileSync(log).length;
  const output = openSync(log, "a");
  const child = spawn(program, args, { cwd, stdio: ["ignore", output, output], env: { ...process.env, ...env } });
  closeSync(output);
  running.add(child);
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      appendFileSync(log, `${error.message}\n`);
      resolve(127);
    });
    child.once("exit", (status, signal) => resolve(status ?? signal));
  });
  running.delete(child);
  const said = readFileSync(log).subarray(from).toString("utf8");
  if (code === 0) return said;
  const tail = said.trimEnd().split("\n").slice(-25).join("\n");
  throw new PlainError(`${what} (${code}). The end of ${log}:\n\n${tail}`);
}
