import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { unpackBackup } from "../backup/index.ts";
import { findPlace, giveTo } from "./place.ts";

/**
 * Puts a backup where the embedded server of a data folder will find its cluster at the next start. The data folder's
 * `keys` must be those of the time of the backup: they are never inside one.
 * @returns how many files were compared with the server's manifest
 * @throws Error with a sentence; a data folder that holds a database already is left as it is
 */
export async function restoreEmbedded(options: { backup: string; identity: string; dataDir: string }): Promise<number> {
  const folder = resolve(options.dataDir);
  mkdirSync(folder, { recursive: true });
  const place = findPlace(folder);
  const marker = `${place.cluster}.complete`;
  if (existsSync(marker)) throw new Error(`${folder} holds a database already; restore into an empty data folder.`);
  rmSync(place.cluster, { recursive: true, force: true });
  const files = await unpackBackup({ backup: options.backup, identity: options.identity, cluster: place.cluster });
  if (place.account) giveTo(place.account, place.cluster);
  writeFileSync(marker, "");
  return files;
}
