import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join, sep } from "node:path";

/**
 * `npm ci` removes node_modules first. Where that holds the very Node that runs us (it is first on the path of somebody who works on
 * the product), npm and the packages' scripts run on a copy of it.
 * @param {string} root
 * @param {string} running
 * @returns {{ program: string, path: string, discard: () => void }}
 */
export function nodeThatStays(root, running = process.execPath) {
  const path = process.env.PATH ?? "";
  if (!running.startsWith(join(root, "node_modules") + sep)) {
    return { program: running, path, discard: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), "infirmary-node-"));
  const program = join(folder, basename(running));
  copyFileSync(running, program);
  return { program, path: folder + delimiter + path, discard: () => rmSync(folder, { recursive: true, force: true }) };
}
