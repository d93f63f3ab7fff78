import { createWriteStream, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { readBackup } from "./read-backup.ts";

/**
 * Unpacks a backup into an empty folder: a cluster that `postgres -D` starts, and that replays the log of the time the
 * backup took before it answers. Every file is compared with the server's manifest on the way.
 * @returns how many files were compared
 * @throws Error with a sentence; what was unpacked so far is then not to be used
 */
export async function unpackBackup(options: { backup: string; identity: string; cluster: string }): Promise<number> {
  const { backup, identity, cluster } = options;
  if (existsSync(cluster) && readdirSync(cluster).length > 0) throw new Error(`${cluster} is not empty.`);
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  const home = resolve(cluster);
  return readBackup(backup, identity, async ({ name, type }, body) => {
    const path = resolve(home, name);
    if (path !== home && !path.startsWith(home + sep)) throw new Error(`The backup names a file outside: ${name}.`);
    if (type === "directory") {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return;
    }
    if (type !== "file") throw new Error(`The backup holds a ${type}, ${name}; clusters here have files only.`);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(body, createWriteStream(path, { mode: 0o600, flags: "wx" }));
  });
}
