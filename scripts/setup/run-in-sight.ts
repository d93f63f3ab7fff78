import { spawn } from "node:child_process";
import { inProject, root } from "./project.ts";

/** Runs one of the API's own commands in a process of its own, on our screen. @returns its exit code */
export function runInSight(file: string, args: readonly string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [inProject(file), ...args], { cwd: root, stdio: "inherit", env });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
