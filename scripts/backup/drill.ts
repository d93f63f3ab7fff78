import { spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { type EmbeddedDatabase, restoreEmbedded, startEmbedded } from "../../packages/db/src/embedded/index.ts";
import { PlainError } from "../boot/plain-error.mjs";
import { ambient } from "../setup/environment.ts";
import { inProject, root } from "../setup/project.ts";

/** Restores a backup into a data folder of its own, with a copy of the keys, and starts it. The caller stops it. */
export async function startRestored(options: {
  backup: string;
  identity: string;
  keys: string;
  dataDir: string;
}): Promise<{ database: EmbeddedDatabase; files: number }> {
  const { backup, identity, keys, dataDir } = options;
  cpSync(keys, join(dataDir, "keys"), { recursive: true });
  const files = await restoreEmbedded({ backup, identity, dataDir });
  return { database: await startEmbedded({ dataDir }), files };
}

/** Runs one of the product's own checks on the restored database. @returns its last line. @throws PlainError when it finds something */
export function checkRestored(file: string, args: readonly string[], env: Record<string, string>): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inProject(file), ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...ambient(), ...env },
  });
  if (status !== 0) throw new PlainError(`${stdout}${stderr}`.trim() || `${file} ended with ${status}.`);
  return stdout.trim().split("\n").at(-1) ?? "";
}

/** The anchors as they are now: those that come while the backup is made name seals that it may not hold. */
export function copyAnchors(file: string, to: string): string {
  if (existsSync(file)) cpSync(file, to);
  return to;
}
