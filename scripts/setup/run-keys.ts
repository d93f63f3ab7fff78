import { spawn } from "node:child_process";
import { inProject, root } from "./project.ts";
import { type FieldKeySettings, keyEnvironment } from "./seal.ts";

/** Runs a command on keys and sealed values in a process of its own, in sight. @returns its exit code */
export function runKeys(args: readonly string[], where: { keys: FieldKeySettings; ownerUrl: string }): Promise<number> {
  const child = spawn(process.execPath, [inProject("apps/api/src/keys/main.ts"), ...args], {
    cwd: root,
    stdio: "inherit",
    env: keyEnvironment(where.keys, where.ownerUrl),
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
